#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace stormglass {

// What came of reading one catalogue of packs.
struct IndexStatus
{
    QString url = {};
    std::int64_t packs = 0;
    QString message = {};
    // `malformed`, `unresponsive`, `empty`, `other errors`; empty where it was read (content.md
    // 12.8).
    QString error = {};

    friend bool operator==(const IndexStatus &, const IndexStatus &) = default;
};

Value toJson(const IndexStatus &status);

// One catalogue as it was downloaded.
struct IndexPart
{
    IndexStatus status;
    // Name → entry.
    Value packs = Value::map();
};

// Reads the text of a catalogue. What is not one, or has entries nobody could install, says so in
// the status; good entries beside bad ones are kept.
IndexPart indexPartOf(const QString &url, std::string_view text);
// Of one that could not be had.
IndexPart unreadPart(const QString &url, const QString &error, const QString &message);

// Several catalogues as one. Immutable; any thread.
class PackIndex
{
public:
    PackIndex() = default;
    // The first part that has a name wins.
    explicit PackIndex(std::vector<IndexPart> parts);

    bool isEmpty() const { return m_packs.entries().isEmpty(); }
    // Name → entry, as the API shows it.
    const Value &packs() const { return m_packs; }
    const std::vector<IndexStatus> &status() const { return m_status; }
    // Why there is nothing: `No results from the index(es): …`.
    Error nothingFound() const;

    std::optional<Value> show(const QString &name) const;
    enum class Case { Sensitive, Insensitive };
    // Entries that have the text, those whose name has it first, then those whose keywords do.
    ValueList search(const QString &text, Case sensitivity) const;
    Value health() const;
    // May entries of the catalogue that has this pack name folders of this machine?
    bool isLocal(const QString &name) const;

private:
    Value m_packs = Value::map();
    std::vector<IndexStatus> m_status;
    QStringList m_local;
};

} // namespace stormglass
