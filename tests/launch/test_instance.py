import stat
import subprocess

from launch.instance import Instance, new_passwords, role_urls, variables_in

ADMIN_URL = "postgresql://postgres:secret@/postgres?host=/tmp/socket"
PASSWORDS = dict.fromkeys(new_passwords(), "pw")


def test_each_role_has_an_address_of_its_own():
    assert role_urls(ADMIN_URL, PASSWORDS) == {
        "ADMIN_DATABASE_URL": ADMIN_URL,
        "MIGRATION_DATABASE_URL": "postgresql://reg_migrate:pw@/registry?host=/tmp/socket",
        "DATABASE_URL": "postgresql://reg_web:pw@/registry?host=/tmp/socket",
        "REPORT_DATABASE_URL": "postgresql://reg_report:pw@/registry?host=/tmp/socket",
        "CELERY_BROKER_URL": "sqla+postgresql+psycopg://reg_broker:pw@/registry_broker?host=/tmp/socket",
    }


def test_an_address_with_a_host_keeps_host_and_port():
    urls = role_urls("postgresql://postgres:secret@db.example:5433/postgres", PASSWORDS)
    assert urls["DATABASE_URL"] == "postgresql://reg_web:pw@db.example:5433/registry"


def test_secrets_are_made_once_and_kept_private(tmp_path):
    instance = Instance(tmp_path / "demo")
    secrets = instance.secrets()
    assert Instance(tmp_path / "demo").secrets() == secrets
    assert len(set(secrets.values())) == 5
    assert min(len(value) for value in secrets.values()) >= 40
    assert stat.S_IMODE(instance.secrets_file.stat().st_mode) == 0o600


def test_the_environment_knows_every_role_but_the_superuser(tmp_path):
    instance = Instance(tmp_path)
    variables = instance.environment(ADMIN_URL)
    assert "ADMIN_DATABASE_URL" not in variables
    assert "secret" not in instance.environment_file.read_text()
    assert stat.S_IMODE(instance.environment_file.stat().st_mode) == 0o600
    assert variables_in(instance.environment_file.read_text()) == variables


def test_a_shell_reads_the_environment_file(tmp_path):
    instance = Instance(tmp_path)
    variables = instance.environment(ADMIN_URL)
    script = f'. {instance.environment_file}; printf "%s" "$DATABASE_URL"'
    output = subprocess.run(["/bin/sh", "-c", script], check=True, capture_output=True, text=True).stdout
    assert output == variables["DATABASE_URL"]
