"""New columns from columns; each module declares FACTS and, where needed, SURVEYS."""
