#pragma once

#include "ui/models/parameters.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace stormglass::ui {

class TextBox;

// Where one parameter is filled in: a line, a box for objects, a choice for enums and words.
class ParameterInput : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterInput(const ParameterField &field, QWidget *parent = nullptr);

    const ParameterField &field() const { return m_field; }
    void setValue(const Value &value);
    ParsedInput read() const;

signals:
    void edited();

private:
    void makeChoice();
    void makeBox();
    void makeLine();
    QString text() const;

    ParameterField m_field;
    QComboBox *m_choice = nullptr;
    TextBox *m_box = nullptr;
    QLineEdit *m_line = nullptr;
};

} // namespace stormglass::ui
