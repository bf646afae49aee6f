"""What other slices may hear of people."""

from django.dispatch import Signal

# pseud, heir: a pseud is about to be deleted. Sent inside the transaction, so that whatever was made under it can
# be moved to the heir before the row goes; what is not moved keeps the pseud from being deleted.
pseud_leaving = Signal()

# user, wishes: an account is about to be deleted. Sent inside the transaction: whoever holds something that was made under its
# pseuds does with it what `wishes` say (`people.departing.Wishes`), or raises to keep the account.
account_leaving = Signal()

# user: an account has a new password. Sent inside the transaction: what opens something of theirs without it, and may have been
# seen by whoever had got into the account, opens nothing from now on.
password_set = Signal()
