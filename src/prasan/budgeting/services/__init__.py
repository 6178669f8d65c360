"""The acts of this room; the only place that writes it."""

from prasan.budgeting.services.central_fund import UnableToApproveCentralFund, approve_central_fund, limit_on

__all__ = ["UnableToApproveCentralFund", "approve_central_fund", "limit_on"]
