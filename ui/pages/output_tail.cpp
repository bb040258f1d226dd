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

namespace stormglass::ui {

namespace {

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
    if (isOther)
        m_log->clear();
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
            if (m_asked == 2)
                m_log->clear();
            --m_asked;
            if (text)
                takeText(stream, *text);
            else
                m_log->appendLine(LogChannel::Note, text.error().message);
            if (m_asked == 0 && !m_isRunning)
                m_log->finish();
        }));
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
    if (!m_isFollowing)
        return;
    for (const Change &change : changes) {
        if (change.event != QLatin1String("st2.execution.output__create")
            || change.payload["execution_id"].toQStringOr({}) != m_id)
            continue;
        const QString stream = change.payload["output_type"].toQStringOr(standardOutput);
        const QByteArray bytes = change.payload["data"].toQStringOr({}).toUtf8();
        if (m_asked > 0)
            m_early.push_back({stream, bytes});
        else
            print(stream, bytes);
    }
}

void OutputTail::print(const QString &stream, const QByteArray &bytes)
{
    m_log->append(stream == standardError ? LogChannel::Error : LogChannel::Output, bytes);
}

} // namespace stormglass::ui
