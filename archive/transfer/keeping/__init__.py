"""What readers keep on their own devices, to be read where there is no network; each work with its advisory before it."""
