#include "ui/pages/output_tail.h"

#include "ui/models/execution_words.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/text.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace stormglass::ui {

namespace {

constexpr qsizetype toldLimit = 4 * 1024 * 1024;

const QString standardOutput = QStringLiteral("stdout");
const QString standardError = QStringLiteral("stderr");

} // namespace

OutputTail::OutputTail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_log(new LogView(tr("Output")))
    , m_search(new QLineEdit)
    , m_end(new Button(tr("Follow"), QStringLiteral("chevron-down")))
    , m_note(new Text({}, Face::Small, Tone::Faint))
{
    m_search->setPlaceholderText(tr("Search the output"));
    m_search->setAccessibleName(tr("Search the output"));
    m_search->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->setFixedWidth(240);
    m_end->setToolTip(tr("Go to the end and stay there"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(16, 6, 12, 6);
    bar->addWidget(m_search);
    bar->addStretch(1);
    bar->addWidget(m_note);
    bar->addWidget(m_end);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_log, 1);
    m_end->hide();
    connect(m_search, &QLineEdit::textChanged, m_log, &LogView::setSearch);
    connect(m_end, &QAbstractButton::clicked, this, [this] { m_log->setFollowing(true); });
    connect(m_log, &LogView::followingChanged, m_end,
            [this](bool following) { m_end->setVisible(!following); });
    connect(&m_session.feed, &Feed::arrived, this, &OutputTail::takeChanges);
}

OutputTail::~OutputTail()
{
    follow(false);
}

void OutputTail::show(const Value &execution)
{
    const QString id = execution["id"].toQStringOr({});
    const std::optional<ExecutionStatus> status = statusOf(execution);
    const bool wasRunning = m_isRunning;
    m_isRunning = status && !isCompleted(*status);
    if (id == m_id && wasRunning == m_isRunning)
        return;
    const bool isOther = id != m_id;
    m_id = id;
    if (isOther) {
        m_log->clear();
        forgetTold();
    }
    m_log->setPlaceholder(m_isRunning ? tr("Nothing was printed yet.") : tr("It printed nothing."));
    m_note->setText(m_isRunning ? tr("live") : QString());
    if (!isVisible())
        return;
    follow(m_isRunning);
    // What is over is read once more: then it is known to be complete.
    ask();
}

void OutputTail::clear()
{
    m_id.clear();
    m_isRunning = false;
    m_log->clear();
    forgetTold();
    follow(false);
}

void OutputTail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_id.isEmpty())
        return;
    follow(m_isRunning);
    ask();
}

void OutputTail::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    follow(false);
}

void OutputTail::follow(bool wanted)
{
    if (wanted == m_isFollowing)
        return;
    m_isFollowing = wanted;
    if (wanted)
        m_session.feed.wantOutput();
    else
        m_session.feed.releaseOutput();
}

void OutputTail::ask()
{
    ++m_question;
    m_asked = 0;
    m_early.clear();
    m_texts.clear();
    askStream(standardOutput);
    askStream(standardError);
}

void OutputTail::askStream(const QString &stream)
{
    ++m_asked;
    const int question = m_question;
    m_session.connection.getText(
        QStringLiteral("/executions/%1/output").arg(m_id),
        {{QStringLiteral("output_type"), stream}},
        Reply<QByteArray>(this, [this, stream, question](Result<QByteArray> text) {
            if (question != m_question)
                return;
            m_texts.push_back({stream, std::move(text)});
            if (--m_asked == 0)
                takeTexts();
        }));
}

// The streams are read one by one. What was told of them from the first piece on is in its true
// order, and is shown instead as long as nothing is missing.
void OutputTail::takeTexts()
{
    std::vector<Answer> texts;
    texts.swap(m_texts);
    const bool isToldWhole
        = m_hasBeginning
        && (m_isRunning || std::all_of(texts.begin(), texts.end(), [this](const Answer &answer) {
                return answer.text && answer.text->size() <= toldBytes(answer.stream);
            }));
    if (isToldWhole) {
        showTold();
    } else {
        m_log->clear();
        for (const Answer &answer : texts) {
            if (answer.text)
                takeText(answer.stream, *answer.text);
            else
                m_log->appendLine(LogChannel::Note, answer.text.error().message);
        }
    }
    if (!m_isRunning)
        m_log->finish();
}

qsizetype OutputTail::toldBytes(const QString &stream) const
{
    qsizetype bytes = 0;
    for (const Chunk &chunk : m_told)
        bytes += chunk.stream == stream ? chunk.data.size() : 0;
    return bytes;
}

void OutputTail::showTold()
{
    m_log->clear();
    for (const Chunk &chunk : m_told)
        print(chunk.stream, chunk.data);
}

// After a reconnection pieces may be told twice; they are numbered from one.
bool OutputTail::remember(const Chunk &chunk, qint64 number)
{
    if (number > 0 && number <= m_lastNumber)
        return false;
    m_hasBeginning = number == 1 || (m_hasBeginning && number == m_lastNumber + 1);
    m_lastNumber = number;
    m_toldSize += chunk.data.size();
    if (!m_hasBeginning || m_toldSize > toldLimit) {
        m_hasBeginning = false;
        m_told.clear();
        return true;
    }
    m_told.push_back(chunk);
    return true;
}

void OutputTail::forgetTold()
{
    m_told.clear();
    m_toldSize = 0;
    m_lastNumber = 0;
    m_hasBeginning = false;
}

void OutputTail::takeText(const QString &stream, const QByteArray &text)
{
    print(stream, text);
    // Chunks that the text has already are told by its end.
    QByteArray early;
    std::size_t known = 0;
    for (std::size_t i = 0; i < m_early.size(); ++i) {
        if (m_early[i].stream != stream)
            continue;
        early += m_early[i].data;
        if (text.endsWith(early))
            known = i + 1;
    }
    for (std::size_t i = known; i < m_early.size(); ++i) {
        if (m_early[i].stream == stream)
            print(stream, m_early[i].data);
    }
}

void OutputTail::takeChanges(const std::vector<Change> &changes)
{
    // Also of the moment in which it ended and is followed no more.
    if (m_id.isEmpty())
        return;
    for (const Change &change : changes) {
        if (change.event != QLatin1String("st2.execution.output__create")
            || change.payload["execution_id"].toQStringOr({}) != m_id)
            continue;
        const QString stream = change.payload["output_type"].toQStringOr(standardOutput);
        const QByteArray bytes = change.payload["data"].toQStringOr({}).toUtf8();
        const qint64 number = change.payload["number"].toIntOr(0);
        if (!remember({stream, bytes}, number))
            continue;
        if (m_asked > 0)
            m_early.push_back({stream, bytes});
        else if (number == 1)
            showTold();
        else
            print(stream, bytes);
    }
}

void OutputTail::print(const QString &stream, const QByteArray &bytes)
{
    m_log->append(stream == standardError ? LogChannel::Error : LogChannel::Output, bytes);
}

} // namespace stormglass::ui
