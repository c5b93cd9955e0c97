"""Whoever administers the database can alter the trail, and cannot do so unseen."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from psycopg import sql

from registry.audit import seals
from registry.audit.acting import acting_as
from registry.models import Baseline
from tests.people import make_people
from tests.sealing import seal_everything

pytestmark = pytest.mark.slow


def verify(*, by="monitor", head=None):
    out = StringIO()
    call_command("verify_audit", username=by, head=head, stdout=out)
    return out.getvalue()


def disagreements(head=None):
    with pytest.raises(CommandError) as refused:
        verify(head=head)
    assert refused.value.returncode == 1
    first, *named = str(refused.value).splitlines()
    assert first == "The trail does not agree with its seals."
    return named


@pytest.fixture
def last(sealed, superuser):
    """The change of the form: the one row of the third seal."""
    return superuser.execute("select log_id from audit.sealed_row where seal = 3").fetchone()[0]


def test_a_trail_that_nobody_touched_agrees(sealed, superuser):
    rows = superuser.execute("select count(*) from audit.log").fetchone()[0]
    for role in ("monitor", "coordinator", "administrator"):
        assert verify(by=role).startswith(f"{rows} rows in 3 seals agree; head {seals.head()} of ")


def test_the_other_roles_are_refused(sealed):
    for role in ("datamanager-03", "investigator-03", "statistician"):
        with pytest.raises(CommandError, match="does not include the right to verify the audit seals"):
            verify(by=role)


def test_rows_that_are_newer_than_the_head_are_counted_and_no_disagreement(sealed):
    with acting_as(sealed.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="7.9")
    assert verify().endswith("1 newer rows are not sealed yet.\n")


def test_an_installation_that_has_no_seal_yet_says_so(committed_registry):
    make_people()
    assert verify().startswith("No seal was made yet.\n")


@pytest.mark.parametrize(
    "statement",
    [
        """update audit.log set new = '{"wbc": 1.2}' where id = %s""",
        "update audit.log set old = null where id = %s",
        "update audit.log set app_user = '1', app_name = 'monitor' where id = %s",
        "update audit.log set reason = 'another reason' where id = %s",
        "update audit.log set centre = 7 where id = %s",
        "update audit.log set at = at - interval '1 second' where id = %s",
    ],
)
def test_a_row_with_a_changed_value_user_reason_or_time_is_named(superuser, last, statement):
    superuser.execute(statement, [last])
    assert disagreements() == [f"Row {last} of the trail (seal 3) was altered."]


def test_a_deleted_row_is_named(superuser, last):
    superuser.execute("delete from audit.log where id = %s", [last])
    assert disagreements() == [f"Row {last} of the trail (seal 3) was deleted."]


def forge(superuser, **values):
    """Add a row to the trail, like the newest one but for these columns. Returns its number."""
    columns = dict.fromkeys(("app_user", "app_name", "role", "centre", "audience", "tbl", "pk", "op")) | values
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    chosen = sql.SQL(", ").join(sql.SQL(value or name) for name, value in columns.items())
    statement = sql.SQL("insert into audit.log ({}) select {} from audit.log order by id desc limit 1 returning id")
    return superuser.execute(statement.format(names, chosen)).fetchone()[0]


def test_a_row_that_is_inserted_among_sealed_ones_is_named(superuser, last):
    row = forge(superuser, xid="xid", at="at")
    seal_everything()
    assert disagreements() == [
        f"Row {row} of the trail was inserted: it is in no seal, although the rows of its time are sealed."
    ]


def test_a_row_of_a_transaction_that_has_not_begun_is_named_as_inserted(superuser, last):
    forge(superuser, xid="'99999999'")
    assert ["inserted" in line for line in disagreements()] == [True]


@pytest.mark.parametrize("sealed_meanwhile", [False, True])
def test_a_new_row_with_an_old_time_is_named_as_back_dated(superuser, last, sealed_meanwhile):
    row = forge(superuser, at="at - interval '1 day'")
    if sealed_meanwhile:
        seal_everything()
    assert disagreements() == [
        f"Row {row} of the trail is back-dated: it was written after a seal that is newer than its time."
    ]


def test_a_deleted_seal_is_named(superuser, last):
    superuser.execute("delete from audit.seal where number = 2")
    assert disagreements() == ["Seal 2 was deleted."]


def test_a_seal_that_is_deleted_with_its_rows_is_named(superuser, last):
    superuser.execute("delete from audit.log where id in (select log_id from audit.sealed_row where seal = 2)")
    superuser.execute("delete from audit.sealed_row where seal = 2")
    superuser.execute("delete from audit.seal where number = 2")
    assert disagreements() == ["Seal 2 was deleted."]


def test_a_cut_tail_is_named_when_a_head_was_kept_and_only_then(superuser, last, tmp_path):
    kept = seals.head()
    superuser.execute("delete from audit.log where id in (select log_id from audit.sealed_row where seal = 3)")
    superuser.execute("delete from audit.sealed_row where seal = 3")
    superuser.execute("delete from audit.seal where number = 3")
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Newest seal: {kept}\n")
    named = ["The end of the trail was cut off: seal 3 was kept, and the newest seal here is 2."]
    assert disagreements(head=str(mail)) == disagreements(head=str(kept)) == named
    assert "in 2 seals agree" in verify()


@pytest.mark.parametrize(
    "statement",
    [
        "update audit.seal set total = total + 1 where number = 2",
        "update audit.seal set at = at - interval '1 hour' where number = 2",
        "update audit.seal set previous = sha256(previous) where number = 2",
        "update audit.seal set sha256 = sha256(sha256) where number = 2",
    ],
)
def test_a_changed_seal_is_named(superuser, last, statement):
    superuser.execute(statement)
    assert disagreements() == ["Seal 2 was altered."]


def test_a_seal_that_was_made_anew_is_named_by_what_the_next_one_recorded(superuser, last):
    superuser.execute("update audit.seal set at = at - interval '1 hour' where number = 2")
    superuser.execute("update audit.seal set sha256 = audit.seal_sha256(seal) where number = 2")
    assert disagreements() == ["Seal 2 was altered."]


def test_a_row_whose_hash_was_made_anew_leaves_its_seal_named(superuser, last):
    superuser.execute("update audit.log set reason = 'another reason' where id = %s", [last])
    superuser.execute("update audit.sealed_row set sha256 = audit.row_sha256(log) from audit.log where log.id = log_id")
    assert disagreements() == ["Seal 3 was altered."]


def test_seals_that_were_all_made_anew_agree_with_each_other_and_not_with_a_kept_head(superuser, last):
    """Whoever may do everything in the database can do this: therefore the head leaves the machine."""
    kept = seals.head()
    superuser.execute("update audit.log set app_name = 'monitor' where id = %s", [last])
    superuser.execute("delete from audit.sealed_row")
    superuser.execute("delete from audit.seal")
    for _ in range(3):
        seal_everything()
        forge(superuser)
    assert "in 3 seals agree" in verify()
    assert disagreements(head=str(kept)) == [
        "Seal 3, or one before it, was made anew: its hash is not the one that was kept."
    ]


def test_a_head_that_still_agrees_is_accepted_after_newer_seals(sealed):
    kept = seals.head()
    with acting_as(sealed.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="7.9")
    seal_everything()
    assert "in 4 seals agree" in verify(head=str(kept))


@pytest.mark.parametrize(
    ("head", "message"),
    [("no-such-file", "neither NUMBER:HASH nor a file"), ("{empty}", "holds no head of the form")],
)
def test_a_head_that_cannot_be_read_is_refused(sealed, tmp_path, head, message):
    (tmp_path / "empty").write_text("3:abc")
    with pytest.raises(CommandError, match=message):
        verify(head=head.format(empty=tmp_path / "empty"))


def test_a_dump_that_was_loaded_into_a_new_server_goes_on(sealed, superuser):
    """The transactions of the old server have higher numbers than those of the new one; its last row had no seal."""
    with acting_as(sealed.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="7.9")
    superuser.execute(
        "create function later(xid8) returns xid8 language sql return ($1::text::bigint + 1000000)::text::xid8"
    )
    superuser.execute("update audit.log set xid = later(xid)")
    superuser.execute("update audit.sealed_row set sha256 = audit.row_sha256(log) from audit.log where log.id = log_id")
    superuser.execute(
        "update audit.seal set from_xid = later(from_xid), before_xid = later(before_xid), next_xid = later(next_xid)"
    )
    for number in (1, 2, 3):
        superuser.execute("update audit.seal set sha256 = audit.seal_sha256(seal) where number = %s", [number])
        superuser.execute(
            "update audit.seal set previous = before.sha256 from audit.seal before "
            "where seal.number = before.number + 1 and before.number = %s",
            [number],
        )
    assert seals.seal() == 4
    with acting_as(sealed.datamanager_03, "typing error", centre=3):
        Baseline.objects.update(wbc="8.9")
    seal_everything()
    rows = superuser.execute("select count(*) from audit.log").fetchone()[0]
    assert verify().startswith(f"{rows} rows in 5 seals agree")
