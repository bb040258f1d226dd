#pragma once

#include "ui/models/session.h"

#include <QWidget>

class QLineEdit;

namespace stormglass::ui {

class Button;
class LogView;
class Text;

// What an execution prints, from its beginning and as it comes. Follows the stream only while it is
// looked at and the execution runs.
class OutputTail : public QWidget
{
    Q_OBJECT

public:
    explicit OutputTail(Session &session, QWidget *parent = nullptr);
    ~OutputTail() override;

    void show(const Value &execution);
    using QWidget::show;
    void clear();
    bool isSettled() const { return m_asked == 0; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Chunk
    {
        QString stream;
        QByteArray data;
    };
    struct Answer
    {
        QString stream;
        Result<QByteArray> text;
    };

    void ask();
    void askStream(const QString &stream);
    void takeTexts();
    qsizetype toldBytes(const QString &stream) const;
    void showTold();
    // False where it was told before.
    bool remember(const Chunk &chunk, qint64 number);
    void forgetTold();
    void takeText(const QString &stream, const QByteArray &text);
    void takeChanges(const std::vector<Change> &changes);
    void print(const QString &stream, const QByteArray &bytes);
    void follow(bool wanted);

    Session &m_session;
    QString m_id;
    bool m_isRunning = false;
    bool m_isFollowing = false;
    // Answers of another execution's question are not taken.
    int m_question = 0;
    int m_asked = 0;
    // What came by the stream while the text so far was on its way.
    std::vector<Chunk> m_early;
    std::vector<Answer> m_texts;
    // What the stream of changes told, while nothing of it is missing.
    std::vector<Chunk> m_told;
    qsizetype m_toldSize = 0;
    qint64 m_lastNumber = 0;
    bool m_hasBeginning = false;
    LogView *m_log;
    QLineEdit *m_search;
    Button *m_end;
    Text *m_note;
};

} // namespace stormglass::ui
