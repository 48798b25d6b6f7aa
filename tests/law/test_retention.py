"""How long a contact without a sign is kept, and what is a sign."""

from datetime import date, datetime

import pytest

from tests.law.house import TODAY, context, through, verdicts

FACTS = ("country", "terms", "retention")
RULES = ("inactive_too_long", "timer_reset_by_open_or_update", "consent_dormant", "over_solicited")


def found(**row):
    where = context()
    return verdicts(through([{"country": "FR", **row}], FACTS, where), RULES, where)[0]


OLD, RECENT = date(2022, 5, 4), date(2026, 5, 4)


def test_three_years_without_a_sign_remove_the_row_in_france_and_ask_elsewhere():
    assert found(collected_on=OLD) == {"inactive_too_long": "remove"}
    assert found(collected_on=OLD, country="DE") == {"inactive_too_long": "review"}


@pytest.mark.parametrize(
    ("day", "fires"), [(date(2023, 11, 2), False), (date(2023, 11, 1), True), (TODAY, False), (None, False)]
)
def test_the_limit_is_three_calendar_years(day, fires):
    assert ("inactive_too_long" in found(collected_on=day)) is fires


@pytest.mark.parametrize(
    "sign",
    [
        {"last_inbound_on": RECENT},
        {"last_purchase_on": RECENT},
        {"consent_at": datetime(2026, 5, 4, 10)},
        {"doi_confirmed_at": datetime(2026, 5, 4, 10)},
        {"last_inbound_on": RECENT, "last_activity_type": "click"},
        {"last_inbound_on": RECENT, "last_activity_type": "email opened and clicked"},
    ],
)
def test_a_sign_from_the_person_restarts_the_clock(sign):
    assert found(collected_on=OLD, **sign) == {}


@pytest.mark.parametrize(
    "activity",
    [
        "open",
        "Email opened",
        "Ouverture e-mail",
        "geöffnet",
        "apertura",
        "Job change",
        "Changement de poste",
        "enriched",
        "enrichissement",
        "data update",
        "cambio de puesto",
    ],
)
def test_opens_and_updates_are_no_sign(activity):
    result = found(collected_on=OLD, last_inbound_on=RECENT, last_activity_type=activity)
    assert result == {"inactive_too_long": "remove", "timer_reset_by_open_or_update": "review"}


def test_an_open_alone_keeps_nobody_alive():
    assert found(last_inbound_on=RECENT, last_activity_type="open") == {"timer_reset_by_open_or_update": "review"}


def test_our_own_messages_and_future_days_are_no_sign():
    assert "inactive_too_long" in found(collected_on=OLD, last_contact_on=RECENT)
    assert "inactive_too_long" in found(collected_on=OLD, last_inbound_on=date(2031, 1, 1))


@pytest.mark.parametrize(("country", "severity"), [("DE", "review"), ("GB", "review"), ("FR", "note"), ("IT", "note")])
def test_a_consent_unused_for_two_years_is_told(country, severity):
    row = {"consent_state": "given", "consent_at": datetime(2024, 6, 1), "collected_on": RECENT}
    assert found(country=country, **row) == {"consent_dormant": severity}
    assert found(country=country, **row, last_contact_on=RECENT) == {}


def test_consent_passed_on_by_others_lasts_six_months_in_the_united_kingdom():
    row = {"consent_state": "given", "consent_at": datetime(2026, 2, 1), "indirect": True}
    assert found(country="GB", **row) == {"consent_dormant": "review"}
    assert found(country="DE", **row) == {}


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ({"contact_count": 7}, True),
        ({"contact_count": 6}, False),
        ({"contact_count": 30, "last_inbound_on": RECENT}, False),
        ({"contact_count": 30, "last_inbound_on": RECENT, "last_activity_type": "open"}, True),
        ({"list_name": "Séquence A; Séquence B; Relance", "last_contact_on": RECENT}, True),
        ({"list_name": "Séquence A", "last_contact_on": RECENT}, False),
    ],
)
def test_pressure_without_an_answer_is_told(row, fires):
    assert ("over_solicited" in found(collected_on=RECENT, **row)) is fires
