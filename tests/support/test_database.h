#pragma once

#include "engine/store/database.h"
#include "engine/store/transaction.h"

#include <QTemporaryDir>

namespace stormglass {

// A fresh database with the newest schema, gone with the test. The test links engine/store.
class TestDatabase
{
public:
    enum class Place { Memory, File };

    explicit TestDatabase(Place place = Place::Memory)
        : m_database(open(place))
    {
    }

    Database &operator*() { return *m_database; }
    Database *operator->() { return m_database.get(); }
    operator Database &() { return *m_database; }

    // Only of one in a file.
    QString path() const { return m_folder.filePath(QStringLiteral("stormglass.db")); }
    std::unique_ptr<Database> reader() const { return take(Database::openReader(path())); }
    void close() { m_database.reset(); }
    void reopen()
    {
        close();
        m_database = take(Database::openWriter(path()));
    }

    template <typename T>
    static T take(Result<T> result)
    {
        if (!result)
            qFatal("%s", qPrintable(result.error().message));
        return *std::move(result);
    }

private:
    std::unique_ptr<Database> open(Place place) const
    {
        return take(place == Place::Memory ? Database::openMemory() : Database::openWriter(path()));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
};

// Runs `work` in a transaction of its own and commits; stops the test program on an error.
template <typename Work>
auto committed(Database &database, Work work)
{
    Transaction transaction(database);
    auto result = work();
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    const Result<> kept = transaction.commit();
    if (!kept)
        qFatal("%s", qPrintable(kept.error().message));
    if constexpr (!std::is_same_v<decltype(result), Result<>>)
        return *std::move(result);
}

} // namespace stormglass
