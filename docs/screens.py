"""Takes the pictures of docs/screens.md from a running demonstration: `python docs/screens.py http://127.0.0.1:8000`.

Needs Playwright with a Chromium (`--chromium PATH` where it is not Playwright's own) and a fresh `./prasan demo`.
"""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent / "screens"
PASSWORD = "prasan-demo"  # noqa: S105 - printed by the demonstration for everybody
DESK, PHONE = (1280, 900), (390, 844)
LARGEST = 250_000


def at(path: str) -> Callable[[Page], str]:
    """A page with an address of its own."""
    return lambda page: path


def first_link(listing: str, pattern: str) -> Callable[[Page], str]:
    """The first record of a list, whatever its code is in this demonstration."""

    def find(page: Page) -> str:
        page.goto(listing)
        read = "links => links.map(link => link.getAttribute('href'))"
        links: list[str | None] = page.locator("main a").evaluate_all(read)
        return next(link for link in links if link and re.fullmatch(pattern, link))

    return find


PAIR = first_link("/pairs/", r"/pairs/\d+/")
CONFLICT = first_link("/conflicts/", r"/conflicts/\d+/")
JOINT = first_link("/joint-projects/", r"/joint-projects/\d+/")
AFP = first_link("/afp/", r"/afp/\d+/")
PLAN = first_link("/plans/?type=PROVINCIAL_ANNUAL_ACTION_PLAN", r"/plans/\d+/")
HANDED = first_link("/desk/", r"/projects/[\d-]+/(#answer)?")


def together(page: Page) -> str:
    """Three records side by side: those of the first two pairs of the queue."""
    codes: list[str] = []
    page.goto("/pairs/")
    read = "codes => codes.map(code => code.textContent.trim())"
    for code in page.locator("#list tbody .code").evaluate_all(read):
        if code not in codes:
            codes.append(code)
    return "/pairs/together/?" + "&".join(f"code={code}" for code in codes[:3])


def ranked(page: Page) -> str:
    """The ranking of places in the first round of AFP."""
    return AFP(page) + "areas/"


def year(page: Page) -> str:
    """The earliest of the running years: the one in which most is in."""
    page.goto("/cycles/")
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [link for link in links if link and re.fullmatch(r"/cycles/\d+/", link)][-1]


def missing(page: Page) -> str:
    """Who is missing in that year."""
    return year(page) + "missing/"


STRATEGY = first_link("/strategy/?level=PROVINCE", r"/strategy/\d+/")
MEETING = first_link("/meetings/?state=CLOSED&sort=-resolved", r"/meetings/\d+/")
LETTER = first_link("/letters/?catalogue=L2", r"/letters/\d+/")
ENDORSED = first_link("/plans/?type=LOCAL_PLAN&state=ENDORSED", r"/plans/\d+/")
FILE = first_link("/imports/?outcome=accept_with_findings", r"/imports/\d+/")


def write(page: Page) -> None:
    """Type a road that another agency plans already, as an officer would put it."""
    page.fill("#id_name", "ก่อสร้างถนน คสล. สายบ้านวังหว้า หมู่ที่ 6 ตำบลกาฬสินธุ์ กว้าง 4 ม. ยาว 400 ม.")
    page.fill("#id_fiscal_year", "2570")
    page.locator("#likely li").first.wait_for()


@dataclass(frozen=True)
class Picture:
    """One picture: who looks at what on which screen."""

    name: str
    person: str
    address: Callable[[Page], str]
    size: tuple[int, int] = DESK
    language: str = "th"
    scroll: str = ""  # what to bring to the top
    act: Callable[[Page], None] = lambda page: None  # what is done on the page first


PICTURES = (
    Picture("home-phone", "", at("/"), PHONE),
    Picture("province", "", at("/areas/46/")),
    Picture("subdistrict-phone", "", at("/areas/460301/"), PHONE),
    Picture("desk", "district", at("/desk/")),
    Picture("journey-phone", "district", HANDED, PHONE, scroll="#journey"),
    Picture("findings", "province", FILE),
    Picture("writing", "lao", at("/projects/new/"), act=write),
    Picture("pairs", "province", at("/pairs/")),
    Picture("pair", "province", PAIR),
    Picture("together", "province", together),
    Picture("conflict", "province", CONFLICT),
    Picture("joint", "", JOINT),
    Picture("joint-phone", "", JOINT, PHONE, scroll="#joint-members"),
    Picture("afp", "province", AFP),
    Picture("afp-areas", "province", ranked),
    Picture("plan", "province", PLAN),
    Picture("calendar", "", at("/calendar/")),
    Picture("year", "province", year),
    Picture("missing-phone", "province", missing, PHONE),
    Picture("strategy", "", STRATEGY),
    Picture("meeting", "lao", MEETING),
    Picture("endorsed", "lao", ENDORSED),
    Picture("letter", "province", LETTER),
    Picture("rules", "", at("/rules/")),
    Picture("systems", "", at("/systems/")),
    Picture("strategy-english", "", STRATEGY, language="en"),
    Picture("year-english", "province", year, language="en"),
    Picture("province-english", "", at("/areas/46/"), language="en"),
    Picture("projects-english", "", at("/projects/"), language="en"),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Sign in where somebody is named, choose the language, go there, and keep what the screen shows."""
    width, height = picture.size
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="th-TH", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/sign-in/")
    if picture.person:
        page.fill("#username", picture.person)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url("**/desk/")
    if picture.language != "th":
        page.locator(f"button[name=language][value={picture.language}] >> visible=true").click()
        page.wait_for_load_state("networkidle")
    page.goto(picture.address(page).split("#")[0])
    page.wait_for_load_state("networkidle")
    picture.act(page)
    if picture.scroll:
        page.locator(picture.scroll).evaluate("it => it.scrollIntoView()")
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    if file.stat().st_size > LARGEST:
        raise SystemExit(f"{file.name} is larger than {LARGEST:,} bytes")
    sys.stdout.write(f"{file.name} {file.stat().st_size:,}\n")


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="where the demonstration is served, for example http://127.0.0.1:8000")
    parser.add_argument("--chromium", help="a Chromium to use instead of Playwright's own")
    asked = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, asked.address.rstrip("/"), picture)
        browser.close()


if __name__ == "__main__":
    main()
