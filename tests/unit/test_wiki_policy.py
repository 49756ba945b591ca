"""Notes as HTML, and what may be fetched or connected to."""

from __future__ import annotations

import pytest

from veille.domain.errors import BadAddress, NotAPage, TooManyRedirects
from veille.fetch import policy
from veille.fetch.policy import Limits
from veille.wiki.links import links
from veille.wiki.plain import plain
from veille.wiki.render import Embedded, Target, render

Q = "q-" + "1" * 16


def html(text: str) -> str:
    return render(
        text,
        resolve=lambda target: (
            Target("n-" + "2" * 16, "Plan vélo") if target == "plan velo" else None
        ),
        embed=lambda target: Embedded(Q, "« Bonjour »", "Anne <b>, 2026") if target == Q else None,
    )


def test_links_show_todays_title_and_red_ones_may_be_written() -> None:
    out = html("Voir [[PLAN VÉLO]], [[plan velo|le plan]] et [[À écrire]].")
    assert '<a class="link" href="veille:n-2222222222222222">Plan vélo</a>' in out
    assert ">le plan</a>" in out
    assert '<a class="red"' in out


def test_an_embedded_quote_carries_its_reference() -> None:
    out = html(f"Avant\n\n![[{Q}]]\n\nAprès ![[q-{'9' * 16}]]")
    assert "« Bonjour »" in out
    assert "Anne &lt;b&gt;, 2026" in out
    assert 'class="gone"' in out


def test_links_in_code_are_text() -> None:
    assert links("`[[x]]` et\n```\n[[y]]\n```\n[[z]]")[0].target == "z"
    assert "[[x]]" in html("`[[x]]`")


def test_a_note_cannot_act() -> None:
    out = html(
        '<script>alert(1)</script><a href="javascript:x">y</a> [z](javascript:1) <img onerror=x>'
    )
    assert "script" not in out
    assert "onerror" not in out


def test_a_note_names_no_file_of_this_computer_or_of_a_share() -> None:
    out = html("![x](/etc/passwd) ![y](//evil/share/x.png) ![z](file:///x) [w](../x)")
    assert "src" not in out
    assert "href" not in out


def test_a_note_nested_beyond_reason_is_shown_all_the_same() -> None:
    assert "le fond" in html("> " * 3_000 + "le fond")


def test_backlinks_have_their_sentence() -> None:
    (found,) = links("Un début. La phrase qui cite [[Plan vélo]] ici. Une suite.")
    assert found.context == "La phrase qui cite Plan vélo ici."


def test_the_words_of_a_note() -> None:
    assert (
        plain(f"## Titre\n\n- **gras** [[a|b]]\n\n![[{Q}]]\n\n| x | y |\n|---|---|")
        == "Titre\n\ngras b\n\nx y"
    )


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0", "0.0.0.0",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "fc00::1", "no address"],
)  # fmt: skip
def test_the_local_network_is_not_reached(inside: str) -> None:
    assert not policy.may_connect(inside, Limits())


def test_the_internet_is_and_the_intranet_if_allowed() -> None:
    assert policy.may_connect("93.184.216.34", Limits())
    assert policy.may_connect("2606:2800:220:1::1", Limits())
    assert policy.may_connect("127.0.0.1", Limits(allow_private=True))


def test_redirects_end_and_never_leave_the_web() -> None:
    limits = Limits(redirects=2)
    assert (
        policy.next_address("https://a.example/x", 302, "../y", 0, limits) == "https://a.example/y"
    )
    assert policy.next_address("https://a.example/x", 200, "/y", 0, limits) == ""
    with pytest.raises(TooManyRedirects):
        policy.next_address("https://a.example/x", 301, "/y", 2, limits)
    with pytest.raises(BadAddress):
        policy.next_address("https://a.example/x", 302, "file:///etc/passwd", 0, limits)


def test_what_is_no_page_is_refused() -> None:
    policy.check_page("u", "text/html; charset=x", b"")
    policy.check_page("u", "", b"  <!DOCTYPE html>")
    with pytest.raises(NotAPage):
        policy.check_page("u", "application/zip", b"PK")
    assert policy.charset("text/html; Charset='UTF-8'") == "UTF-8"
    assert policy.image_kind(b"\x89PNG\r\n\x1a\n") == "png"
    assert policy.image_kind(b"<svg onload=x>") == ""
