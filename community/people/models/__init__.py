"""Who is here: members, employees, departments, stores, roles, sanctions, and what they began."""

from .held import HeldAct
from .places import Department, Store
from .staff import EmployeeRecord, RoleGrant
from .users import Sanction, User
from .writing import Draft

__all__ = [
    "Department",
    "Draft",
    "EmployeeRecord",
    "HeldAct",
    "RoleGrant",
    "Sanction",
    "Store",
    "User",
]
