"""Which rules say that the person said no: no decision and no setting overrides these."""

OBJECTIONS = frozenset(
    {
        "objected_still_listed",
        "on_suppression_list",
        "on_national_register",
        "complaint_or_bounce",
        "objected_in_another_row",
        "objected_in_another_list",
        "withdrawn_but_active",
        "consent_denied_by_status",
    }
)
