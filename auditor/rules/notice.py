"""F. Notice: people whose data came from elsewhere have to be told, in time and in a language they read."""

from datetime import date

import polars as pl

from auditor.legal import CNIL_KASPR, GDPR_12_1, GDPR_14_1, GDPR_14_3, GDPR_14_5, GDPR_21_4, UODO_BISNODE
from auditor.model import Confidence, Family, Lens, Rule, Severity, Text

# a company's own contact address without a name is no personal data (recital 14)
_COMPANY_ONLY = (
    (pl.col("address_kind") == "generic").fill_null(False)
    & pl.col("first_name").is_null()
    & pl.col("last_name").is_null()
    & pl.col("full_name").is_null()
)

RULES = (
    Rule(
        id="F01",
        name="notice_overdue",
        since="0.1",
        family=Family.NOTICE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("notice_on").is_null() & (pl.col("notice_due_on") < pl.col("today")) & ~_COMPANY_ONLY,
        refs=(GDPR_14_3, GDPR_14_1, GDPR_14_5, UODO_BISNODE, CNIL_KASPR),
        title=Text(en="Notice overdue", fr="Information en retard"),
        says=Text(
            en="The data were not obtained from the person, the time to inform has passed, and no notice is on record.",
            fr="Les données n'ont pas été recueillies auprès de la personne, le délai d'information est passé, et "
            "aucune information n'est consignée.",
        ),
        cure=Text(
            en="If the person was informed, record the day (notice_on). If not, do not use the row before you have "
            "informed the person, by a notice that advertises nothing.",
            fr="Si la personne a été informée, notez la date (notice_on). Sinon, n'utilisez pas la ligne avant de "
            "l'avoir "
            "informée, par un message qui ne contient aucune publicité.",
        ),
        false_alarms=Text(
            en="Notices recorded in another system: bring the date into the list, or declare it in [list].",
            fr="Information consignée dans un autre système : reportez la date dans la liste, ou déclarez-la dans "
            "[list].",
        ),
        evidence=("source_class", "collected_on", "first_contact_on", "notice_on", "notice_due_on"),
        fires=({"notice_due_on": date(2026, 1, 1), "today": date(2026, 11, 2)},),
        quiet=(
            {"notice_due_on": date(2026, 12, 1), "today": date(2026, 11, 2)},
            {"notice_due_on": date(2026, 1, 1), "notice_on": date(2025, 12, 15), "today": date(2026, 11, 2)},
            {"notice_due_on": date(2026, 1, 1), "today": date(2026, 11, 2), "address_kind": "generic"},
        ),
    ),
    Rule(
        id="F02",
        name="contact_before_notice",
        since="0.1",
        family=Family.NOTICE,
        lenses=(Lens.LAW, Lens.ETHICS),
        severity=Severity.REVIEW,
        confidence=Confidence.MEDIUM,
        when=pl.col("indirect")
        & (
            (pl.col("first_contact_on") < pl.col("notice_on"))
            | (pl.col("first_contact_on").is_not_null() & pl.col("notice_on").is_null())
        )
        & ~_COMPANY_ONLY,
        refs=(GDPR_14_3, GDPR_21_4),
        title=Text(en="Written to before being informed", fr="Contacté avant d'être informé"),
        says=Text(
            en="The first message went out before the person was informed, or without any notice on record. Notice and "
            "the right to object are due at the latest with that message.",
            fr="Le premier message est parti avant que la personne soit informée, ou sans information consignée. "
            "L'information et le droit d'opposition sont dus au plus tard avec ce message.",
        ),
        cure=Text(
            en="Show that the first message held the notice (then notice_on is its day), or leave the person out.",
            fr="Montrez que le premier message contenait l'information (notice_on est alors sa date), ou écartez la "
            "personne.",
        ),
        false_alarms=Text(
            en="First contact by telephone, with the notice sent the same day.",
            fr="Premier contact par téléphone, l'information étant envoyée le même jour.",
        ),
        evidence=("source_class", "first_contact_on", "notice_on"),
        fires=(
            {"indirect": True, "first_contact_on": date(2026, 2, 1), "notice_on": date(2026, 3, 1)},
            {"indirect": True, "first_contact_on": date(2026, 2, 1)},
        ),
        quiet=(
            {"indirect": True, "first_contact_on": date(2026, 2, 1), "notice_on": date(2026, 2, 1)},
            {"indirect": False, "first_contact_on": date(2026, 2, 1)},
            {"indirect": True},
        ),
    ),
    Rule(
        id="F03",
        name="notice_language_mismatch",
        since="0.1",
        family=Family.NOTICE,
        lenses=(Lens.ETHICS, Lens.LAW),
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        when=pl.col("notice_language_known") & ~pl.col("notice_language_fits"),
        refs=(GDPR_12_1, CNIL_KASPR),
        title=Text(en="Notice in a foreign language", fr="Information dans une langue étrangère"),
        says=Text(
            en="The person was informed in a language that is none of their country's.",
            fr="La personne a été informée dans une langue qui n'est pas celle de son pays.",
        ),
        cure=Text(
            en="Inform again in a language of the country, and record it (notice_lang, notice_on).",
            fr="Informez de nouveau dans une langue du pays et consignez-le (notice_lang, notice_on).",
        ),
        false_alarms=Text(
            en="International teams whose working language is English.",
            fr="Équipes internationales dont la langue de travail est l'anglais.",
        ),
        evidence=("notice_lang", "country_code", "pack_languages"),
        fires=({"notice_language_known": True, "notice_language_fits": False},),
        quiet=({"notice_language_known": True, "notice_language_fits": True}, {"notice_language_known": False}, {}),
    ),
)
