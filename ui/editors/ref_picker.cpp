#include "ui/editors/ref_picker.h"

#include "ui/models/catalogue_model.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QWheelEvent>

namespace stormglass::ui {

RefPicker::RefPicker(CatalogueModel &catalogue, const QString &name, QWidget *parent)
    : QComboBox(parent)
    , m_catalogue(catalogue)
    , m_items(new QStandardItemModel(this))
{
    setAccessibleName(name);
    setEditable(true);
    setInsertPolicy(NoInsert);
    setMaxVisibleItems(14);
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setModel(m_items);
    lineEdit()->setAccessibleName(name);
    lineEdit()->setPlaceholderText(tr("type to search"));
    auto *completer = new QCompleter(m_items, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    setCompleter(completer);
    fill();
    connect(&m_catalogue, &CatalogueModel::countsChanged, this, &RefPicker::fill);
    connect(this, &QComboBox::currentTextChanged, this, [this] {
        if (ref() == m_last)
            return;
        m_last = ref();
        emit refChanged(m_last);
    });
}

void RefPicker::fill()
{
    const QString kept = currentText();
    const QSignalBlocker quiet(this);
    m_items->clear();
    for (const Value &item : m_catalogue.all()) {
        auto *row = new QStandardItem(item["ref"].toQStringOr({}));
        m_items->appendRow(row);
    }
    setCurrentIndex(findText(kept));
    setEditText(kept);
}

QString RefPicker::ref() const
{
    return currentText().trimmed();
}

void RefPicker::setRef(const QString &ref)
{
    const QSignalBlocker quiet(this);
    m_last = ref;
    setCurrentIndex(findText(ref));
    setEditText(ref);
    lineEdit()->setCursorPosition(0);
}

// Turning the wheel while scrolling a form must not change what is in it.
void RefPicker::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace stormglass::ui
