"""What figures mean for people and partners: who pays, provides, gains and loses, and what is saved."""
