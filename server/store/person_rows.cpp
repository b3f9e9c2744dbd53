#include "server/store/person_rows.h"

#include <sqlite3.h>

#include "server/store/query.h"

namespace roundelay {
namespace {

constexpr const char* kSelectPerson =
    "SELECT person, name, role, bucket, muted, organiser, robot, present, last_seen, part, engineer, may_lead, held, removed, "
    "hand_ms, volume, left_out FROM people WHERE room = ?1 AND ";

StoredPerson read_person(const Query& row) {
  StoredPerson out;
  out.person.id = static_cast<PersonId>(row.integer(0));
  out.person.name = row.text(1);
  out.person.role = role_from(row.text(2)).value_or(Role::kSinger);
  out.person.bucket = static_cast<int>(row.integer(3));
  out.person.muted = row.integer(4) != 0;
  out.person.organiser = row.integer(5) != 0;
  out.person.robot = row.integer(6) != 0;
  out.present = row.integer(7) != 0;
  out.last_seen = row.integer(8);
  out.person.part = row.text(9);
  out.person.engineer = row.integer(10) != 0;
  out.person.may_lead = row.integer(11) != 0;
  out.person.held = row.integer(12) != 0;
  out.person.removed = row.integer(13) != 0;
  out.person.hand_ms = row.integer(14);
  out.person.volume = row.real(15);
  out.person.left_out = row.integer(16) != 0;
  return out;
}

}  // namespace

PersonRows::PersonRows(Database& database)
    : database_(database),
      save_(database.prepare(
          "INSERT INTO people(room, person, name, role, bucket, muted, organiser, robot, present, last_seen, part, engineer, "
          "may_lead, held, removed, hand_ms, volume, left_out) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) "
          "ON CONFLICT(room, person) DO UPDATE SET name = ?3, role = ?4, bucket = ?5, muted = ?6, organiser = ?7, robot = ?8, "
          "present = ?9, last_seen = ?10, part = ?11, engineer = ?12, may_lead = ?13, held = ?14, removed = ?15, "
          "hand_ms = ?16, volume = ?17, left_out = ?18")),
      touch_(database.prepare("UPDATE people SET last_seen = ?3 WHERE room = ?1 AND person = ?2")),
      drop_gone_(database.prepare("DELETE FROM people WHERE present = 0 AND removed = 0 AND last_seen < ?1")),
      find_(database.prepare(std::string(kSelectPerson) + "person = ?2")),
      present_(database.prepare(std::string(kSelectPerson) + "present = 1")),
      removed_(database.prepare(std::string(kSelectPerson) + "removed = 1")) {}

int PersonRows::save(const std::string& room, const StoredPerson& stored) {
  const Person& person = stored.person;
  return Query(save_, room, static_cast<int64_t>(person.id), person.name, std::string(role_text(person.role)), person.bucket,
               int{person.muted}, int{person.organiser}, int{person.robot}, int{stored.present}, stored.last_seen, person.part,
               int{person.engineer}, int{person.may_lead}, int{person.held}, int{person.removed}, person.hand_ms, person.volume,
               int{person.left_out})
      .step();
}

int PersonRows::touch(const std::string& room, PersonId person, int64_t last_seen) {
  return Query(touch_, room, static_cast<int64_t>(person), last_seen).step();
}

int PersonRows::drop_gone(int64_t before) {
  return Query(drop_gone_, before).step();
}

FromStore<std::optional<StoredPerson>> PersonRows::find(const std::string& room, PersonId person) {
  Query query(find_, room, static_cast<int64_t>(person));
  const int result = query.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_.failure();
  return read_person(query);
}

FromStore<std::vector<StoredPerson>> PersonRows::present(const std::string& room) {
  return all(present_, room);
}

FromStore<std::vector<StoredPerson>> PersonRows::removed(const std::string& room) {
  return all(removed_, room);
}

FromStore<std::vector<StoredPerson>> PersonRows::all(SQLite::Statement& statement, const std::string& room) {
  std::vector<StoredPerson> out;
  Query query(statement, room);
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) out.push_back(read_person(query));
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

}  // namespace roundelay
