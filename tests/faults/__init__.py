"""What may go wrong while Parley works, done for real: kills, full disks, damaged files, second writers."""
