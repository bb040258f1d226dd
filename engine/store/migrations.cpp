#include "engine/store/migrations.h"

#include "engine/store/transaction.h"

#include <QCryptographicHash>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

// Marks a file as ours ("StGl"); SQLite keeps it in the header.
constexpr std::int64_t applicationId = 0x5374476c;

struct Applied
{
    int number = 0;
    QString checksum;
    QString program;
};

QString checksumOf(const Migration &step)
{
    const QByteArrayView script(step.script.data(), static_cast<qsizetype>(step.script.size()));
    return QString::fromLatin1(
        QCryptographicHash::hash(script, QCryptographicHash::Sha256).toHex());
}

Result<std::int64_t> number(Database &database, Sql sql)
{
    SG_LET(const auto found, database.row(sql, [](Row &row) { return row.integer(); }));
    return found.value_or(0);
}

Result<> claimFile(Database &database)
{
    SG_LET(const std::int64_t id, number(database, "PRAGMA application_id"));
    SG_LET(const std::int64_t tables, number(database, "SELECT count(*) FROM sqlite_schema"));
    if (id != applicationId && tables > 0)
        return failure(ErrorCode::Conflict,
                       u"%1 is a database of another program. Choose another data folder."_s.arg(
                           database.path()));
    SG_TRY(database.execute("PRAGMA application_id = " + std::to_string(applicationId)));
    return database.execute(
        "CREATE TABLE IF NOT EXISTS migration ("
        "number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, "
        "program TEXT NOT NULL)");
}

Result<std::vector<Applied>> applied(Database &database)
{
    return database.rows(
        "SELECT number, checksum, program FROM migration ORDER BY number", [](Row &row) {
            return Applied{.number = row.number(), .checksum = row.text(), .program = row.text()};
        });
}

Result<> check(const QString &path, const std::vector<Applied> &done,
               const std::vector<Migration> &steps)
{
    const int newest = steps.empty() ? 0 : steps.back().number;
    for (const Applied &step : done) {
        if (step.number > newest)
            return failure(ErrorCode::Conflict,
                           u"The database %1 was made by a newer Stormglass (%2, schema %3; this "
                           u"is %4, schema %5). "
                           "Install that version or a later one."_s.arg(path, step.program)
                               .arg(step.number)
                               .arg(QStringLiteral(SG_VERSION))
                               .arg(newest));
        for (const Migration &known : steps) {
            if (known.number == step.number && checksumOf(known) != step.checksum)
                return failure(
                    ErrorCode::Conflict,
                    u"Step %1 of the schema of %2 is not the one this program knows. It was made "
                    u"by a "
                    "development version; use that one, or another data folder."_s.arg(step.number)
                        .arg(path));
        }
    }
    return {};
}

Result<> apply(Database &database, const Migration &step)
{
    Transaction transaction(database);
    // Recorded first: the first write is what opens the transaction.
    SG_TRY(database.run(
        "INSERT INTO migration (number, name, checksum, program) VALUES (?1, ?2, ?3, ?4)",
        step.number, step.name, checksumOf(step), std::string_view(SG_VERSION)));
    SG_TRY(database.execute(step.script));
    return transaction.commit();
}

} // namespace

Result<> migrate(Database &database, const std::vector<Migration> &steps)
{
    SG_TRY(claimFile(database));
    SG_LET(const std::vector<Applied> done, applied(database));
    SG_TRY(check(database.path(), done, steps));
    const int reached = done.empty() ? 0 : done.back().number;
    for (const Migration &step : steps) {
        if (step.number > reached)
            SG_TRY(apply(database, step));
    }
    return {};
}

} // namespace stormglass
