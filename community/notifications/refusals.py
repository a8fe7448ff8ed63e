"""What a mail server answers about one mail: 5yz is for good, 4yz for now (RFC 5321, 4.2.1)."""

from __future__ import annotations

from smtplib import SMTPDataError, SMTPRecipientsRefused

PERMANENT = range(500, 600)


def is_bounce(fault: Exception) -> bool:
    """Whether the server refused this recipient, or this message to them, for good."""
    if isinstance(fault, SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _words in fault.recipients.values())
    return isinstance(fault, SMTPDataError) and fault.smtp_code in PERMANENT


def is_hopeless(fault: Exception) -> bool:
    """Whether the message cannot even be written down: a header or address that is none."""
    return isinstance(fault, ValueError)


def words_of(fault: Exception) -> str:
    """The fault for whoever reads the outbox: the server's words, without the address."""
    if isinstance(fault, SMTPRecipientsRefused):
        answers = fault.recipients.values()
        return "; ".join(f"{code} {_text(words)}" for code, words in answers)[:300]
    if isinstance(fault, SMTPDataError):
        return f"{fault.smtp_code} {_text(fault.smtp_error)}"[:300]
    return type(fault).__name__


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
