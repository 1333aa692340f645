"""Claims: proved by e-mail, by a file or by a network's word; then the organisation says and hides; a stranger learns nothing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client

from essaim.accounts import journal
from essaim.accounts.invitations import give, mandate
from essaim.accounts.models import Institution, JournalEntry, Person
from essaim.desk.claims import Claim, is_at, own_domains, revoke
from essaim.desk.claims_file import is_public, places
from essaim.desk.outbox import OutgoingMail
from essaim.desk.suggestions import Suggestion
from essaim.desk.suggestions_about import subject_of
from essaim.release import Release

from .test_review import page_of
from .test_suggestions import link_in_the_letter, opened, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mini_release")]


def claimed(client: Client, proof: str, email: str = "office@mail.jardins.example.org", key: str = "R1") -> str:
    """Claim a page; return the path of the letter's link."""
    given = {"proof": proof, "email": email, "name": "Olga Office", "opened": opened()}
    answer = client.post(f"/en/claim/{key}", given)
    assert answer.status_code == 302, words(answer)
    return link_in_the_letter()


def row(page: str, label: str) -> str:
    """The row of a property on the page of an organisation."""
    rest = page[page.index(f'<th scope="row">{label}</th>') :]
    return rest[: rest.index("</tr>")]


def test_an_address_at_the_domain_proves_and_the_organisation_speaks(client: Client, mini_release: Release) -> None:
    path = claimed(client, "email", "office@example.org")
    assert Claim.objects.get().state == "unconfirmed"
    assert "claims this page with your address" in words(client.get(path))
    client.post(path, {"act": "confirm"})
    assert Claim.objects.get().state == "proved"
    answer = client.post(f"{path}?property=founded", {"act": "say", "value": "1997-10", "evidence": ""})
    assert answer.status_code == 302
    one = Suggestion.objects.get()
    assert (one.state, one.is_claim, one.value) == ("accepted", True, "1997-10")
    page = page_of(client, mini_release)
    assert "October 1997" in row(page, "Founded")
    assert "corrected by the organisation itself" in row(page, "Founded")
    assert "Olga" not in page
    assert list(JournalEntry.objects.values_list("act", flat=True).order_by("number"))[-2:] == ["claim_proved", "claim_said"]
    assert journal.verify() == []


def test_what_is_hidden_is_hidden_at_once_and_shown_again(client: Client, mini_release: Release) -> None:
    path = claimed(client, "email", "office@example.org")
    client.post(path, {"act": "confirm"})
    assert "214" in row(page_of(client, mini_release), "Members")
    assert "does not show any more" in words(client.post(path, {"act": "hide", "property": "members_count"}))
    hidden = row(page_of(client, mini_release), "Members")
    assert "214" not in hidden
    assert "not shown, as the organisation wishes" in hidden
    one = Suggestion.objects.get()
    assert "shows again" in words(client.post(path, {"act": "take_back", "key": one.key}))
    assert "214" in row(page_of(client, mini_release), "Members")


def test_what_an_organisation_is_cannot_be_hidden(client: Client) -> None:
    path = claimed(client, "email", "office@example.org")
    client.post(path, {"act": "confirm"})
    for name in ("entity_type", "founded", "name", "website", "nothing"):
        client.post(path, {"act": "hide", "property": name})
    assert not Suggestion.objects.exists()


def test_a_wrong_value_of_one_s_own_is_told_in_words(client: Client) -> None:
    path = claimed(client, "email", "office@example.org")
    client.post(path, {"act": "confirm"})
    answer = client.post(f"{path}?property=founded", {"act": "say", "value": "long ago"})
    assert "This is not a date" in words(answer)
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("email", ["office@gmail.com", "office@example.org.evil.net", "office@notexample.org"])
def test_an_address_elsewhere_proves_nothing(client: Client, email: str) -> None:
    answer = client.post("/en/claim/R1", {"proof": "email", "email": email, "opened": opened()})
    assert "This address is not at" in words(answer)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("address", "is_there"),
    [("a@coop.example", True), ("a@mail.coop.example", True), ("a@xcoop.example", False), ("a@coop.example.net", False)],
)
def test_below_a_domain_counts_and_beside_it_does_not(address: str, is_there: bool) -> None:
    assert is_at(address, ["coop.example"]) is is_there


def test_a_correction_of_the_website_gives_no_domain(client: Client) -> None:
    from essaim.desk.review import accept

    from .test_review import a_reviewer, proposed

    accept(proposed(property="website", value="https://evil.example.net"), a_reviewer())
    subject = subject_of("organisation", "mini_register:R1")
    assert subject is not None
    assert own_domains(subject) == ["example.org"]


class OfTheOrganisation(http.server.BaseHTTPRequestHandler):
    """A website that has the file, or sends elsewhere."""

    files: dict[str, bytes] = {}
    asked: list[str] = []

    def do_GET(self) -> None:
        OfTheOrganisation.asked.append(self.path)
        body = OfTheOrganisation.files.get(self.path)
        self.send_response(404 if body is None else 302 if body.startswith(b"to:") else 200)
        if body and body.startswith(b"to:"):
            self.send_header("Location", body[3:].decode())
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def website(settings: object) -> Iterator[type[OfTheOrganisation]]:
    """A local server that stands in the place of the organisation's website."""
    OfTheOrganisation.files, OfTheOrganisation.asked = {}, []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OfTheOrganisation)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CLAIM_FILE_ORIGINS = {"jardins.example.org": f"http://127.0.0.1:{server.server_port}"}  # type: ignore[attr-defined]
    yield OfTheOrganisation
    server.shutdown()
    server.server_close()


def test_a_file_on_the_website_proves(client: Client, website: type[OfTheOrganisation]) -> None:
    path = claimed(client, "file", "somebody@elsewhere.example")
    client.post(path, {"act": "confirm"})
    one = Claim.objects.get()
    page = words(client.get(path))
    assert f"https://jardins.example.org/.well-known/essaim-{one.token}.txt" in page
    assert "was not found" in words(client.post(path, {"act": "look"}))
    website.files[f"/.well-known/essaim-{one.token}.txt"] = b"some other words"
    assert "was not found" in words(client.post(path, {"act": "look"}))
    website.files[f"/.well-known/essaim-{one.token}.txt"] = one.token.encode() + b"\n"
    assert "The file is there" in words(client.post(path, {"act": "look"}))
    assert Claim.objects.get().state == "proved"


@pytest.mark.parametrize("body", [b"to:http://127.0.0.1:1/secret", b"x" * 10_000])
def test_a_redirect_or_a_large_file_proves_nothing(client: Client, website: type[OfTheOrganisation], body: bytes) -> None:
    path = claimed(client, "file")
    client.post(path, {"act": "confirm"})
    website.files[f"/.well-known/essaim-{Claim.objects.get().token}.txt"] = body
    assert "was not found" in words(client.post(path, {"act": "look"}))
    assert "/secret" not in website.asked


def test_robots_are_obeyed(client: Client, website: type[OfTheOrganisation]) -> None:
    path = claimed(client, "file")
    client.post(path, {"act": "confirm"})
    one = Claim.objects.get()
    website.files["/robots.txt"] = b"User-agent: *\nDisallow: /"
    website.files[f"/.well-known/essaim-{one.token}.txt"] = one.token.encode()
    assert "was not found" in words(client.post(path, {"act": "look"}))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "::1", "no.such.host.invalid", "a" * 300]
)
def test_nothing_within_a_private_network_is_asked(host: str) -> None:
    assert not is_public(host)


def test_the_file_is_looked_for_on_its_own_site_alone(client: Client) -> None:
    claimed(client, "file")
    hosts = {urlsplit(place).hostname for place in places(Claim.objects.get())}
    assert hosts == {"jardins.example.org", "www.jardins.example.org"}


def a_network_s_person(role: str = "observer") -> Person:
    """Somebody with a mandate of the institution that is the network above R1."""
    columns = {"acronym": "ENE", "record_key": "mini_networks:europe", "titles": {"en": "Example Network"}, "package_version": 0}
    Institution.objects.get_or_create(pk="ENE", defaults=columns)
    person = Person.objects.create_user("net@example.org", display_name="Nina Network")
    mandate(person, "ENE", role, None, "", True)
    return person


def test_the_word_of_the_network_proves(client: Client) -> None:
    path = claimed(client, "network", "somebody@elsewhere.example")
    client.post(path, {"act": "confirm"})
    client.force_login(a_network_s_person())
    assert "Olga Office" in words(client.get("/en/review/claims"))
    one = Claim.objects.get()
    client.post("/en/review/claims", {"key": one.key, "act": "confirm", "why": "I know them."})
    assert Claim.objects.get().state == "proved"
    letter = OutgoingMail.objects.get(topic="suggestions")
    assert "gave their word. I know them." in letter.text
    assert letter.address == "somebody@elsewhere.example"


def test_the_word_of_another_institution_does_not_count(client: Client) -> None:
    path = claimed(client, "network", "somebody@elsewhere.example")
    client.post(path, {"act": "confirm"})
    columns = {"acronym": "EXA", "record_key": "members:EXA", "titles": {"en": "Institute"}, "package_version": 0}
    Institution.objects.create(pk="EXA", **columns)
    person = Person.objects.create_user("exa@example.org", display_name="Eva Example")
    mandate(person, "EXA", "observer", None, "", True)
    client.force_login(person)
    assert "Olga" not in words(client.get("/en/review/claims"))
    answer = client.post("/en/review/claims", {"key": Claim.objects.get().key, "act": "confirm"})
    assert answer.status_code == 404
    assert Claim.objects.get().state == "waiting"


def test_a_claim_that_is_taken_back_opens_nothing_more(client: Client) -> None:
    path = claimed(client, "email", "office@example.org")
    client.post(path, {"act": "confirm"})
    secretary = Person.objects.create_user("sec@example.org", display_name="Sam Secretary")
    give(secretary, "secretariat", "all", None)
    revoke(Claim.objects.get(), secretary, "They left.")
    assert client.get(path).status_code == 410
    answer = client.post(f"{path}?property=founded", {"act": "say", "value": "1990"})
    assert answer.status_code == 410
    assert not Suggestion.objects.exists()


def test_before_the_proof_nothing_can_be_said(client: Client) -> None:
    path = claimed(client, "file")
    for given in ({"act": "hide", "property": "phone"}, {"act": "look"}, {"act": "take_back", "key": "x"}, {"act": "none"}, {}):
        client.post(path, given)
    client.post(f"{path}?property=founded", {"act": "say", "value": "1990"})
    assert not Suggestion.objects.exists()
    assert Claim.objects.get().state == "unconfirmed"


def test_a_stranger_learns_nothing_of_claims(client: Client, a_person: Person) -> None:
    assert client.get("/en/claim/nothing").status_code == 404
    assert client.get("/en/links/claim/" + "x" * 48).status_code == 404
    assert "account/login" in client.get("/en/review/claims")["Location"]
    client.force_login(a_person)
    assert client.get("/en/review/claims").status_code == 404


def test_an_organisation_without_website_and_network_is_told_what_to_do(client: Client) -> None:
    assert "Suggest its website first" in words(client.get("/en/claim/R9"))


def test_a_program_in_the_trap_and_a_form_at_once_keep_nothing(client: Client) -> None:
    given = {"proof": "email", "email": "office@example.org"}
    client.post("/en/claim/R1", given | {"opened": opened(), "fax": "1"})
    client.post("/en/claim/R1", given | {"opened": opened(0)})
    assert not Claim.objects.exists()
