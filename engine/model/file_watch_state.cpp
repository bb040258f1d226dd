#include "engine/model/file_watch_state.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

QString toText(FileWatchState::Kind kind)
{
    static const StatusTexts<FileWatchState::Kind, 3> texts({"waiting", "following", "failed"});
    return texts.text(kind);
}

Value toJson(const FileWatchState &state)
{
    Value json = Value::map({{"id", shown(state.trigger)},
                             {"ref", state.ref.text()},
                             {"file_path", state.path},
                             {"state", toText(state.kind)},
                             {"lines", state.lines},
                             {"refused", state.refused},
                             {"bytes_behind", state.bytesBehind},
                             {"pending", state.pending}});
    setIfAny(json, "last_line", state.lastLine);
    setIfAny(json, "fault", state.fault);
    return json;
}

} // namespace stormglass
