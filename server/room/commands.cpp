#include "server/room/commands.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "server/wire/control/announce.h"
#include "server/wire/control/appoint.h"
#include "server/wire/control/away.h"
#include "server/wire/control/change_part.h"
#include "server/wire/control/change_plan.h"
#include "server/wire/control/change_role.h"
#include "server/wire/control/change_room.h"
#include "server/wire/control/change_settings.h"
#include "server/wire/control/change_volume.h"
#include "server/wire/control/choose_score.h"
#include "server/wire/control/choose_track.h"
#include "server/wire/control/choose_words.h"
#include "server/wire/control/corrected.h"
#include "server/wire/control/delete_recording.h"
#include "server/wire/control/delete_room.h"
#include "server/wire/control/delete_score.h"
#include "server/wire/control/delete_sheet.h"
#include "server/wire/control/delete_track.h"
#include "server/wire/control/done.h"
#include "server/wire/control/error.h"
#include "server/wire/control/give_lead.h"
#include "server/wire/control/hand.h"
#include "server/wire/control/hear_part.h"
#include "server/wire/control/hello.h"
#include "server/wire/control/keep_lead.h"
#include "server/wire/control/lead.h"
#include "server/wire/control/leave.h"
#include "server/wire/control/leave_out.h"
#include "server/wire/control/listen.h"
#include "server/wire/control/lower_hands.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/mix_again.h"
#include "server/wire/control/move.h"
#include "server/wire/control/move_entry.h"
#include "server/wire/control/move_person.h"
#include "server/wire/control/mute.h"
#include "server/wire/control/mute_person.h"
#include "server/wire/control/new_key.h"
#include "server/wire/control/open_live.h"
#include "server/wire/control/open_loudspeaker.h"
#include "server/wire/control/program_token.h"
#include "server/wire/control/put_entry.h"
#include "server/wire/control/readmit.h"
#include "server/wire/control/record.h"
#include "server/wire/control/remove_entry.h"
#include "server/wire/control/remove_person.h"
#include "server/wire/control/rename.h"
#include "server/wire/control/rename_sheet.h"
#include "server/wire/control/revoke_token.h"
#include "server/wire/control/say.h"
#include "server/wire/control/set_password.h"
#include "server/wire/control/solo.h"
#include "server/wire/control/start.h"
#include "server/wire/control/stop.h"
#include "server/wire/control/take_entry.h"
#include "server/wire/control/unsay.h"
#include "server/wire/control/watch_console.h"

namespace roundelay {

using nlohmann::json;

// Reads a command and has it carried out by `kCarryOut`: of the room, or a function of a feature's own.
struct Commands::Row {
  template <typename Message, auto kCarryOut>
  static Room::Answer carry_out(Room& room, const Person& by, const json& message, Moment now, Effects& out) {
    const auto read = [&] {
      if constexpr (std::is_invocable_v<decltype(&Message::read), const json&, int>) {
        return Message::read(message, room.settings().buckets);
      } else {
        return Message::read(message);
      }
    }();
    if (!read) return tl::unexpected(read.error());
    return std::invoke(kCarryOut, room, by, *read, now, out);
  }

  static Room::Answer new_key(Room&, const Person&, const json& message, Moment, Effects& out) {
    const std::string key = text_field(message, kNewKeyField).value;
    if (key.empty()) return refuse("busy", phrase("no_new_link"));
    out.push_back(effect::SaveKey{key});
    return control::NewKeyDone{key}.to_json();
  }

  static Room::Answer program_token(Room& room, const Person& by, const json& message, Moment now, Effects& out) {
    const auto wanted = control::ProgramToken::read(message);
    if (!wanted) return tl::unexpected(wanted.error());
    return room.make_program(by, wanted->name, text_field(message, kNewKeyField).value, now, out);
  }

  static Room::Answer open_live(Room& room, const Person& by, const json& message, Moment, Effects& out) {
    return room.open_live(by, text_field(message, kNewKeyField).value, out);
  }

  static constexpr Command kAll[] = {
      {control::Lead::kType, Who::kWhoMayLead, "listener_cannot_lead",  //
       When::kAlways, "", &carry_out<control::Lead, &Room::lead>},
      {control::GiveLead::kType, Who::kLeader, "giving_the_lead_is_hers",  //
       When::kSilence, "lead_given_in_silence", &carry_out<control::GiveLead, &Room::give_lead>},
      {control::KeepLead::kType, Who::kLeader, "keeping_the_lead_is_hers",  //
       When::kAlways, "", &carry_out<control::KeepLead, &Room::keep_lead>},
      {control::ChooseTrack::kType, Who::kLeaderOrOrganiser, "choosing_the_track_is_theirs", When::kAlways, "",
       &carry_out<control::ChooseTrack, &Room::choose_track>},
      {control::Start::kType, Who::kLeader, "starting_is_hers",  //
       When::kLed, "nobody_leads", &carry_out<control::Start, &Room::start>},
      {control::Stop::kType, Who::kWhoMayStop, "stopping_is_theirs",  //
       When::kSong, "no_song_to_stop", &carry_out<control::Stop, &Room::stop>},
      {control::Move::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Move, &Room::move>},
      {control::Mute::kType, Who::kUnlessHeld, "muted_by_somebody", When::kAlways, "", &carry_out<control::Mute, &Room::mute>},
      {control::ChangeRole::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::ChangeRole, &Room::change_role>},
      {control::Rename::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Rename, &Room::rename>},
      {control::ChangeSettings::kType, Who::kLeaderOrOffice, "settings_are_theirs", When::kAlways, "",
       &carry_out<control::ChangeSettings, &Room::change_settings>},
      {control::ChangePlan::kType, Who::kLeaderOrOrganiser, "plan_is_theirs", When::kSilence, "plan_in_silence",
       &carry_out<control::ChangePlan, &Room::change_plan>},
      {control::DeleteTrack::kType, Who::kOrganiserOrUploader, "deleting_the_track_is_theirs", When::kAlways, "",
       &carry_out<control::DeleteTrack, &Room::delete_track>},
      {control::ChooseWords::kType, Who::kLeaderOrOrganiser, kWordsAreTheirs, When::kAlways, "",
       &carry_out<control::ChooseWords, &Room::choose_words>},
      {control::RenameSheet::kType, Who::kLeaderOrOrganiser, kWordsAreTheirs, When::kAlways, "",
       &carry_out<control::RenameSheet, &Room::rename_sheet>},
      {control::DeleteSheet::kType, Who::kLeaderOrOrganiser, kWordsAreTheirs, When::kSilence, "words_deleted_in_silence",
       &carry_out<control::DeleteSheet, &Room::delete_sheet>},
      {control::PutEntry::kType, Who::kPrepares, kProgrammeIsTheirs, When::kAlways, "",
       &carry_out<control::PutEntry, &Room::put_entry>},
      {control::MoveEntry::kType, Who::kPrepares, kProgrammeIsTheirs, When::kAlways, "",
       &carry_out<control::MoveEntry, &Room::move_entry>},
      {control::RemoveEntry::kType, Who::kPrepares, kProgrammeIsTheirs, When::kAlways, "",
       &carry_out<control::RemoveEntry, &Room::remove_entry>},
      {control::TakeEntry::kType, Who::kLeaderOrOrganiser, "next_song_is_theirs", When::kSilence, "next_song_in_silence",
       &carry_out<control::TakeEntry, &Room::take_entry>},
      {control::ChooseScore::kType, Who::kLeaderOrOrganiser, kScoresAreTheirs, When::kAlways, "",
       &carry_out<control::ChooseScore, &Room::choose_score>},
      {control::DeleteScore::kType, Who::kLeaderOrOrganiser, kScoresAreTheirs, When::kSilence, "scores_deleted_in_silence",
       &carry_out<control::DeleteScore, &Room::delete_score>},
      {control::SetMark::kType, Who::kLeaderOrOrganiser, "marks_are_theirs", When::kSong, "marks_in_songs",
       &carry_out<control::SetMark, &Room::set_mark>},
      {control::Leave::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Leave, &Room::leave>},
      {control::ChangePart::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::ChangePart, &Room::change_part>},
      {control::OpenLoudspeaker::kType, Who::kEverybody, "", When::kAlways, "",
       &carry_out<control::OpenLoudspeaker, &Room::tell_loudspeaker>},
      {control::Corrected::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Corrected, &Room::corrected>},
      {control::Say::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Say, &Room::say>},
      {control::Announce::kType, Who::kLeaderOrOffice, "announcing_is_theirs", When::kAlways, "",
       &carry_out<control::Announce, &Room::announce_to_all>},
      {control::Unsay::kType, Who::kOrganiser, "unsaying_is_theirs", When::kAlways, "", &carry_out<control::Unsay, &Room::unsay>},
      {control::Hand::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Hand, &Room::raise_hand>},
      {control::LowerHands::kType, Who::kLeaderOrOrganiser, "lowering_hands_is_theirs", When::kAlways, "",
       &carry_out<control::LowerHands, &Room::lower_hands>},
      {control::Away::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Away, &Room::tell_away>},
      {control::MutePerson::kType, Who::kOrganiserOrEngineer, "muting_others_is_theirs", When::kAlways, "",
       &carry_out<control::MutePerson, &Room::mute_person>},
      {control::MovePerson::kType, Who::kOrganiserOrEngineer, "moving_others_is_theirs", When::kSilence, "moving_in_silence",
       &carry_out<control::MovePerson, &Room::move_person>},
      {control::RemovePerson::kType, Who::kOrganiser, "removing_is_theirs", When::kAlways, "",
       &carry_out<control::RemovePerson, &Room::remove_person>},
      {control::Readmit::kType, Who::kOrganiser, "readmitting_is_theirs", When::kAlways, "",
       &carry_out<control::Readmit, &Room::readmit>},
      {control::Appoint::kType, Who::kOrganiser, "offices_are_theirs", When::kAlways, "",
       &carry_out<control::Appoint, &Room::appoint>},
      {control::ChangeRoom::kType, Who::kOrganiser, "room_rules_are_theirs", When::kAlways, "",
       &carry_out<control::ChangeRoom, &Room::change_room>},
      {control::SetPassword::kType, Who::kOrganiser, "password_is_theirs", When::kAlways, "",
       &carry_out<control::SetPassword, &Room::set_password>},
      {control::NewKey::kType, Who::kOrganiser, "new_link_is_theirs", When::kAlways, "", &new_key},
      {control::ProgramToken::kType, Who::kOrganiser, "letting_programs_in_is_theirs", When::kAlways, "", &program_token},
      {control::RevokeToken::kType, Who::kOrganiser, "taking_tokens_is_theirs", When::kAlways, "",
       &carry_out<control::RevokeToken, &Room::revoke_token>},
      {control::OpenLive::kType, Who::kOrganiser, "live_link_is_theirs", When::kAlways, "", &open_live},
      {control::CloseLive::kType, Who::kOrganiser, "live_link_is_theirs", When::kAlways, "",
       &carry_out<control::CloseLive, &Room::close_live>},
      {control::DeleteRoom::kType, Who::kOrganiser, "deleting_the_room_is_theirs", When::kSilence, "room_deleted_in_silence",
       &carry_out<control::DeleteRoom, &Room::delete_room>},
      {control::ChangeVolume::kType, Who::kOrganiserOrEngineer, "volumes_are_theirs", When::kAlways, "",
       &carry_out<control::ChangeVolume, &Room::change_volume>},
      {control::Solo::kType, Who::kOrganiserOrEngineer, "solo_is_theirs", When::kAlways, "",
       &carry_out<control::Solo, &Room::solo>},
      {control::WatchConsole::kType, Who::kOrganiserOrEngineer, "console_is_theirs", When::kAlways, "",
       &carry_out<control::WatchConsole, &Room::watch_console>},
      {control::Record::kType, Who::kLeaderOrOrganiser, "recording_is_theirs", When::kAlways, "",
       &carry_out<control::Record, &Room::record>},
      {control::LeaveOut::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::LeaveOut, &Room::leave_out>},
      {control::DeleteRecording::kType, Who::kOrganiser, "deleting_recordings_is_theirs", When::kAlways, "",
       &carry_out<control::DeleteRecording, &Room::delete_recording>},
      {control::MixAgain::kType, Who::kOrganiserOrEngineer, "mixing_again_is_theirs", When::kAlways, "",
       &carry_out<control::MixAgain, &Room::mix_again>},
      {control::HearPart::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::HearPart, &Room::hear_part>},
      {control::Listen::kType, Who::kEverybody, "", When::kAlways, "", &carry_out<control::Listen, &Room::listen>},
  };
};

bool programs_may(const Command& command) {
  switch (command.who) {
    case Who::kEverybody:
      return command.type == control::Say::kType;
    case Who::kLeader:
      return command.type == control::Start::kType;
    case Who::kUnlessHeld:
    case Who::kWhoMayLead:
      return false;
    case Who::kLeaderOrOrganiser:
    case Who::kPrepares:
    case Who::kLeaderOrOffice:
    case Who::kOrganiser:
    case Who::kOrganiserOrEngineer:
    case Who::kOrganiserOrUploader:
    case Who::kWhoMayStop:
      return command.type != control::NewKey::kType && command.type != control::ProgramToken::kType &&
             command.type != control::RevokeToken::kType && command.type != control::WatchConsole::kType;
  }
  return false;
}

std::span<const Command> Commands::all() {
  return Row::kAll;
}

const Command* Commands::find(std::string_view type) {
  const auto found = std::find_if(std::begin(Row::kAll), std::end(Row::kAll), [&](const Command& c) { return c.type == type; });
  return found == std::end(Row::kAll) ? nullptr : found;
}

tl::expected<void, Refusal> Room::check(const Person& by, const Command& command, const json& message, Moment now) const {
  // What nobody could do is told to everybody alike.
  if (command.when == When::kLed && !leader_) return refuse("no_leader", phrase(command.at_other_times));
  if (command.when == When::kSong && !song_is_on(now)) return refuse("no_song", phrase(command.at_other_times));
  if (!may(by, command, message)) {
    const bool sings = command.who == Who::kWhoMayLead && by.role == Role::kSinger;
    const char* const why = by.program ? "programs_cannot"
                            : !sings   ? command.to_others
                            : by.held  ? "you_are_muted"
                                       : kNotAppointed;
    return refuse("not_allowed", phrase(why));
  }
  if (command.when == When::kSilence && song_is_on(now)) return refuse("song_lasts", phrase(command.at_other_times));
  return {};
}

Room::Answer Room::carry_out(const Person& by, const json& message, Moment now, Effects& out) {
  if (!request_id(message).valid) return refuse("bad_message", kBadRequestId);
  const std::string type = control::type_of(message);
  if (type == control::Hello::kType)
    return refuse("bad_message", "You are in the room already; hello is only the first message.");
  const Command* command = Commands::find(type);
  if (command == nullptr) return refuse("unknown_type", "There is no message of this type.");
  if (const auto checked = check(by, *command, message, now); !checked) return tl::unexpected(checked.error());
  return command->handler(*this, by, message, now, out);
}

void Room::command(SessionId session, const json& message, Moment now, Effects& out) {
  const Person* by = find_session(session);
  if (by == nullptr) return;
  Answer answer = carry_out(*by, message, now, out);
  if (!answer) {
    out.push_back(effect::ToSession{session, control::Error::answering(message, answer.error()).to_json()});
    return;
  }
  tell_rights(out);
  const std::string type = control::type_of(message);
  if (const Field<int64_t> request = request_id(message); request.present) {
    const control::Done done{request.value, type.substr(0, kMaxAbout), now.position.samples, *std::move(answer)};
    out.push_back(effect::ToSession{session, done.to_json()});
  }
  if (type == control::Leave::kType) out.push_back(effect::Expel{session, kCloseLeft, "You have left."});
}

}  // namespace roundelay
