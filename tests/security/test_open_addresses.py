"""Default deny: an address is closed to visitors unless it stands here with a reason."""

import pytest
from django.test import Client

from tests.security.addresses import addresses

OPEN = {
    "health": "asked by the supervisor and the load balancer; says ok and nothing else",
    "language": "the language of the log-in page; keeps nothing but a cookie",
    "account_login": "the way in",
    "account_logout": "sends visitors on",
    "account_signup": "says that accounts are made by invitation",
    "account_inactive": "says that an account is deactivated",
    "account_reset_password": "for those who cannot log in",
    "account_reset_password_done": "says that a mail was sent",
    "account_reset_password_from_key": "the link of an invitation or a lost password",
    "account_reset_password_from_key_done": "says that the password was set",
    "account_confirm_email": "the link in a mail",
    "account_email_verification_sent": "says that a mail was sent",
    "mfa_authenticate": "the second step of log-in",
    "account_confirm_login_code": "log-in by a mailed code, which is off: it leads back to log-in",
}


def is_of_the_interface(address):
    """Asks for a token instead of a log-in: `tests.security.test_api_addresses` holds it to that."""
    return address.route.startswith("api/")


def test_the_addresses_open_to_visitors_are_those_listed():
    pages = [address for address in addresses() if not is_of_the_interface(address)]
    assert {page.name for page in pages if getattr(page.view, "login_required", True) is False} == set(OPEN)


@pytest.mark.django_db
def test_every_other_address_leads_visitors_to_log_in():
    client = Client()
    for address in addresses():
        if address.name not in OPEN and not address.has_parameters and not is_of_the_interface(address):
            response = client.get(f"/{address.route}")
            assert response.status_code == 302, address
            assert response.url.startswith("/accounts/login/"), address
