"""What the Vietnamese language asks of software: dates, numbers, names, sorting and document symbols."""
