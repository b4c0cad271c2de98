-- The table that contacts.csv goes into, with the rules that a few of its rows break. It lies beside
-- the data under the same name, so Waybill makes a missing table by it.
create table contacts (
  email      text not null unique check (email like '%_@_%._%'),
  first_name text not null,
  last_name  text not null,
  phone      text,
  city       text,
  country    char(2) not null,
  birthday   date,
  age        integer check (age between 0 and 130),
  newsletter boolean not null,
  notes      text
);
