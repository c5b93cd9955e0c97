from django.conf import settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password


def test_a_password_is_hashed_with_argon2_at_the_cost_of_the_settings():
    encoded = make_password("correct horse battery")
    assert encoded.startswith("argon2$argon2id$")
    assert f"m={settings.PASSWORD_HASH_MEMORY_KIB},t=1,p=1" in encoded
    assert check_password("correct horse battery", encoded)
    assert not check_password("wrong horse battery", encoded)


def test_a_hash_of_another_cost_is_renewed_at_log_in():
    cheap = make_password("correct horse battery").replace("t=1,p=1", "t=2,p=1")
    assert identify_hasher(cheap).must_update(cheap)
