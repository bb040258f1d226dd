#include "engine/sources/file_watch_source.h"

#include "engine/base/thread_name.h"
#include "engine/base/utf8.h"
#include "engine/sources/file_tail.h"
#include "engine/sources/source_log.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

namespace {

// How often files are looked at without a notice; some file systems give none.
constexpr std::chrono::microseconds lookInterval = 1s;
// Read at once, before others have their turn.
constexpr std::size_t linesAtOnce = 500;
// Read and not stored yet, of one file.
constexpr std::size_t pendingAtMost = 2'000;

// What a log holds may be anything; a payload is text.
Value textOf(const FileTail::Line &line)
{
    QByteArrayView bytes = line.bytes;
    const bool isCut = line.length > line.bytes.size();
    if (!isCut && bytes.endsWith('\r'))
        bytes.chop(1);
    std::string text = toValidUtf8({bytes.data(), static_cast<std::size_t>(bytes.size())});
    // A character in JSON, the end of text in too many places.
    for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at + 3))
        text.replace(at, 1, "\uFFFD");
    if (isCut)
        text += " … [line of " + std::to_string(line.length) + " bytes cut]";
    return Value(text);
}

} // namespace

bool isFileWatch(const Ref &triggerType)
{
    return triggerType.pack == "linux"_L1 && triggerType.name == "file_watch.line"_L1;
}

QString fileWatchSource(const Id &trigger)
{
    return u"file_watch:"_s + trigger.text();
}

// One file that is followed for one trigger.
class FileWatchSource::Watch
{
public:
    Watch(Surroundings surroundings, const FileWatchSpec &spec, const QString &path)
        : parameters(spec.trigger.parameters)
        , m_surroundings(surroundings)
        , m_tail(path)
        , m_events(surroundings.sink, surroundings.alarms, pendingAtMost)
    {
        m_state.trigger = spec.trigger.id;
        m_state.ref = spec.trigger.ref;
        m_state.path = path;
        m_events.whenRoom([this] { look(); });
        begin(spec.cursor);
    }

    ~Watch()
    {
        m_surroundings.notices.unwatch(m_notice);
        m_surroundings.alarms.cancel(m_soon);
    }

    FileWatchState state() const
    {
        FileWatchState state = m_state;
        state.kind = !m_tail.fault().isEmpty() ? FileWatchState::Kind::Failed
            : m_tail.isOpen()                  ? FileWatchState::Kind::Following
                                               : FileWatchState::Kind::Waiting;
        state.fault = m_tail.fault();
        state.bytesBehind = m_tail.behind();
        state.pending = static_cast<std::int64_t>(m_events.count());
        return state;
    }

    void look()
    {
        if (m_events.isFull() || m_soon != 0)
            return;
        const QString faultBefore = m_tail.fault();
        const FileTail::Batch batch = m_tail.read(linesAtOnce);
        followNotices();
        if (m_tail.fault() != faultBefore && !m_tail.fault().isEmpty())
            qCWarning(sourcesLog).noquote()
                << "file watch" << m_state.ref.text() << "waits:" << m_tail.fault();
        for (const FileTail::Line &line : batch.lines)
            raise(line);
        if (batch.isMore)
            lookSoon();
    }

    const Value parameters;

private:
    void begin(const QString &cursor)
    {
        const QString source = fileWatchSource(m_state.trigger);
        if (const std::optional<FilePosition> position = FilePosition::fromText(cursor)) {
            m_tail.beginAt(*position);
        } else {
            m_tail.beginAtEnd();
            // So that lines that come while the program is down are not missed, even before the
            // first event.
            m_surroundings.positions.keep(source, m_tail.position().text());
        }
        look();
    }

    // Notices are about the file that was there when they were asked for.
    void followNotices()
    {
        if (m_notice != 0 && m_noticed == m_tail.generation())
            return;
        m_surroundings.notices.unwatch(m_notice);
        m_noticed = m_tail.generation();
        m_notice = m_surroundings.notices.watch(m_tail.path(), [this] { look(); });
        // For what came between reading and asking.
        lookSoon();
    }

    // After the others on this thread.
    void lookSoon()
    {
        if (m_soon != 0)
            return;
        m_soon = m_surroundings.alarms.after(0us, [this] {
            m_soon = 0;
            look();
        });
    }

    void raise(const FileTail::Line &line)
    {
        ++m_state.lines;
        m_state.lastLine = m_surroundings.clock.now();
        Event event;
        event.triggerId = m_state.trigger;
        event.trigger = m_state.ref;
        event.payload = Value::map({{"file_path", m_state.path},
                                    {"file_name", QFileInfo(m_state.path).fileName()},
                                    {"line", textOf(line)}});
        event.source = fileWatchSource(m_state.trigger);
        event.cursor = line.next.text();
        m_events.put(std::move(event),
                     [this](const Result<Id> &result) { m_state.refused += result ? 0 : 1; });
    }

    Surroundings m_surroundings;
    FileTail m_tail;
    FileWatchState m_state;
    FileNotices::NoticeId m_notice = 0;
    int m_noticed = 0;
    Alarms::AlarmId m_soon = 0;
    PendingEvents m_events;
};

FileWatchSource::FileWatchSource(Surroundings surroundings, QString folder)
    : m_surroundings(surroundings)
    , m_folder(std::move(folder))
{
}

FileWatchSource::~FileWatchSource()
{
    m_surroundings.alarms.cancel(m_alarm);
}

void FileWatchSource::set(const FileWatchSpec &spec)
{
    SG_ON(Io);
    const auto known = m_watches.find(spec.trigger.id);
    if (known != m_watches.end() && known->second->parameters == spec.trigger.parameters)
        return;
    const QString path = spec.trigger.parameters["file_path"].toQStringOr({});
    if (path.isEmpty() || path.contains(QChar(0))) {
        qCWarning(sourcesLog).noquote()
            << "file watch" << spec.trigger.ref.text() << "names no file";
        return;
    }
    FileWatchSpec begun = spec;
    if (known != m_watches.end())
        begun.cursor.clear();
    m_watches.erase(spec.trigger.id);
    m_watches.emplace(spec.trigger.id,
                      std::make_unique<Watch>(m_surroundings, begun,
                                              QDir::cleanPath(QDir(m_folder).filePath(path))));
    setAlarm();
}

void FileWatchSource::remove(const Id &trigger)
{
    SG_ON(Io);
    if (m_watches.erase(trigger) == 0)
        return;
    m_surroundings.positions.forget(fileWatchSource(trigger));
    setAlarm();
}

void FileWatchSource::setAlarm()
{
    if (m_watches.empty()) {
        m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
        return;
    }
    if (m_alarm != 0)
        return;
    m_alarm = m_surroundings.alarms.after(lookInterval, [this] {
        m_alarm = 0;
        lookAtAll();
        setAlarm();
    });
}

void FileWatchSource::lookAtAll()
{
    for (const auto &[trigger, watch] : m_watches)
        watch->look();
}

std::vector<FileWatchState> FileWatchSource::states() const
{
    std::vector<FileWatchState> states;
    for (const auto &[trigger, watch] : m_watches)
        states.push_back(watch->state());
    return states;
}

} // namespace stormglass
