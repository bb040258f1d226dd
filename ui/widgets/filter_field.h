#pragma once

#include <QLineEdit>
#include <QStringList>

#include <functional>

class QCompleter;
class QStringListModel;

namespace stormglass::ui {

// Where a filter is written. It is told by its owner what the text amounts to, and tints itself
// accordingly; it completes the word at the cursor and remembers what was used.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    enum class Tint { Empty, Incomplete, Wrong, Right };
    // What may stand at the end of this text, the whole of the last word included.
    using Suggest = std::function<QStringList(const QString &before)>;

    explicit FilterField(const QString &name, QWidget *parent = nullptr);

    // `message` says what is wrong, and `column` where.
    void setTint(Tint tint, const QString &message = {}, int column = -1);
    Tint tint() const { return m_tint; }
    void setSuggest(Suggest suggest) { m_suggest = std::move(suggest); }
    QStringList history() const { return m_history; }
    void setHistory(const QStringList &history) { m_history = history; }

signals:
    // After each change of the text by a person.
    void edited(const QString &text);
    // Escape in an empty field.
    void left();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void complete();
    void insert(const QString &completion);
    void step(int by);
    void remember();
    void refresh();

    Suggest m_suggest;
    QCompleter *m_completer;
    QStringListModel *m_words;
    Tint m_tint = Tint::Empty;
    int m_column = -1;
    QStringList m_history;
    qsizetype m_place = -1;
};

} // namespace stormglass::ui
