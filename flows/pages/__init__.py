"""From the bytes of a page to what it is and what it says: verdict, text, dates, address."""
