"""From a built site to the public: releases, their sums and signature, and the places that serve them."""
