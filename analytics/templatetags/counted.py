"""Numbers of patients that lead to the patients."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def counted(context: Context, text: Any) -> SafeString:
    """A text, or the pieces of one. A number among them opens its list where the page says that the reader may."""
    may_open = context.get("may_open", False)
    pieces = [text] if isinstance(text, str) else text
    return format_html_join("", "{}", ([_piece(piece, may_open=may_open)] for piece in pieces))


def _piece(piece: Any, *, may_open: bool) -> str | SafeString:
    if isinstance(piece, str):
        return piece
    if not may_open:
        return str(piece["n"])
    address = f"{reverse('outcome patients')}?{urlencode({'list': piece['place'], 'n': piece['n']})}"
    return format_html('<a class="count-link" href="{}">{}</a>', address, piece["n"])
