"""OpenAlex: `edge` (keys, prices, limits), `service` (routes), `lists`, `filters`, `search`, `autocomplete`."""
