"""The canonical columns: every fact about a person that a list may state, under one name.

A header of the input is mapped onto one of these names. Text columns keep the trimmed cell (null when
empty); DATE, TIME and COUNT columns travel as `<name>_text` until the whole list has been surveyed (day and
month order is decided per column), then the typed `<name>` joins them.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """How a canonical column is read."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    COUNT = "count"
    LIST = "list"


DTYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.TIME: pl.Datetime("us"),
    Kind.FLAG: pl.Boolean(),
    Kind.COUNT: pl.Int64(),
    Kind.LIST: pl.List(pl.String()),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One canonical column; `personal` values are masked in every report."""

    name: str
    kind: Kind
    personal: bool
    doc: str

    @property
    def dtype(self) -> pl.DataType:
        """The polars type of the typed column."""
        return DTYPES[self.kind]


def _text(name: str, doc: str, personal: bool = False) -> Column:
    return Column(name, Kind.TEXT, personal, doc)


def _date(name: str, doc: str) -> Column:
    return Column(name, Kind.DATE, False, doc)


def _time(name: str, doc: str) -> Column:
    return Column(name, Kind.TIME, False, doc)


CANONICAL: tuple[Column, ...] = (
    _text("email", "the address the row would be written to: first filled e-mail column", True),
    _text("email_label", "label of the column the address came from: work, home, other"),
    Column("email_others", Kind.LIST, True, "addresses in the row's further e-mail columns"),
    Column("email_other_labels", Kind.LIST, False, "labels of those columns, in the same order"),
    _text("first_name", "given name", True),
    _text("last_name", "family name", True),
    _text("full_name", "name in one cell", True),
    _text("civility", "courtesy title (M., Mme, Herr)"),
    _text("job_title", "function or headline", True),
    _text("department", "department of the company"),
    _text("company", "company name", True),
    _text("company_domain", "web site or mail domain of the company", True),
    _text("legal_form", "legal form of the company (SAS, EI, GmbH, sole trader)"),
    _text("company_id", "register number of the company (SIREN, SIRET, VAT)", True),
    _text("country", "country of the person or company as written"),
    _text("city", "town", True),
    _text("postcode", "postal code", True),
    _text("phone", "phone number as written", True),
    _text("mobile", "mobile number as written", True),
    _text("profile_url", "link to a social network profile", True),
    _text("photo_url", "link to a portrait", True),
    _text("source", "where the data come from, as stated", True),
    _text("source_detail", "second level of the stated source (campaign, form, import)", True),
    _text("source_url", "page, form or search the data come from", True),
    _text("seller", "who sold, rented or supplied the data"),
    _text("list_name", "name of the list, audience or campaign", True),
    _text("tags", "labels set by users", True),
    _text("owner", "member of staff in charge", True),
    _text("lifecycle", "stage in the sales process (lead, customer)"),
    _date("collected_on", "day the data were obtained"),
    _date("record_created_on", "day the record was created in the tool; no proof of collection"),
    _text("legal_basis", "legal basis as stated"),
    _text("lia_ref", "reference of the balancing test"),
    _text("consent_status", "status of the consent as stated"),
    _time("consent_at", "moment of the consent"),
    _text("consent_text_id", "id, version or hash of the text that was shown"),
    _text("consent_method", "how consent was given (form, double opt-in, pre-ticked)"),
    _text("consent_purpose", "what consent was given for"),
    _text("consent_channel", "channels the consent covers"),
    _text("consent_controller", "to whom consent was given"),
    _text("consent_ref", "individual evidence reference (receipt id, form log id)", True),
    _text("consent_ip", "network address from which consent was given", True),
    _text("consent_form", "form, page or event where consent was given"),
    _time("doi_sent_at", "moment the confirmation mail was sent"),
    _time("doi_confirmed_at", "moment the address was confirmed"),
    _time("withdrawn_at", "moment consent was withdrawn"),
    _date("notice_on", "day the person was informed (GDPR 13/14)"),
    _text("notice_lang", "language of that notice"),
    _text("notice_exemption", "exemption from the notice duty as claimed"),
    _date("vendor_notice_on", "day a data vendor says it informed the person; not our notice"),
    _date("first_contact_on", "day of the first message to the person"),
    _date("last_contact_on", "day of the last message to the person"),
    _date("last_inbound_on", "day of the last sign of life from the person"),
    _text("last_activity_type", "kind of the last activity (click, open, reply, job change)"),
    _date("last_purchase_on", "day of the last purchase"),
    Column("contact_count", Kind.COUNT, False, "messages already sent to the person"),
    Column("opt_out", Kind.FLAG, False, "person objected or unsubscribed: true, false or unknown"),
    _text("opt_out_scope", "what the objection covers: email, all, processing, phone, sms, post"),
    _date("opted_out_on", "day of the objection"),
    _text("opt_out_reason", "reason given for the objection"),
    _date("suppression_checked_on", "day the row was screened against the suppression list"),
    _date("register_checked_on", "day the row was screened against a national register"),
    _text("email_status", "what a vendor or sender says of the address (verified, guessed, bounced)"),
    _date("email_verified_on", "day a vendor verified the address; no collection date"),
    _text("email_confidence", "confidence score or grade of a vendor"),
    Column("bounced", Kind.FLAG, False, "address bounced or complaint recorded"),
    _date("birth_date", "date of birth"),
    Column("age", Kind.COUNT, False, "age in years"),
    _text("notes", "free text", True),
    _text("vendor_country", "country of the seller or tool"),
    _text("transfer_tool", "ground for a transfer outside the EEA (SCC, adequacy)"),
    _text("contract_ref", "reference of the contract with the seller"),
    _text("retention_until", "day or rule until which the row may be kept"),
    Column("declared", Kind.FLAG, False, "a [list] declaration filled a blank provenance cell of this row"),
)

BY_NAME: dict[str, Column] = {column.name: column for column in CANONICAL}

# kinds that cannot be read before the whole column has been seen
LATE: frozenset[Kind] = frozenset({Kind.DATE, Kind.TIME, Kind.COUNT})


def mapped_schema() -> dict[str, pl.DataType]:
    """Columns of a batch after mapping: typed where the cell alone decides, `<name>_text` otherwise."""
    return {
        (f"{c.name}_text" if c.kind in LATE else c.name): (pl.String() if c.kind in LATE else c.dtype)
        for c in CANONICAL
    }


def canonical_schema() -> dict[str, pl.DataType]:
    """All canonical columns, typed."""
    return {c.name: c.dtype for c in CANONICAL}
