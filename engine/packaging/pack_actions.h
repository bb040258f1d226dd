#pragma once

#include "engine/packaging/pack_operations.h"

namespace stormglass {

// The actions of the pack `packs`, by the names and with the results that StackStorm's have
// (content.md 13.2), acting through the engine's own operations. Thread: engine.
class PackActions
{
public:
    struct Order
    {
        QString operation;
        Value parameters = Value::map();
        QString user;
    };
    enum class Ended { Succeeded, Failed, Canceled };
    struct Report
    {
        std::function<void(const QString &line)> line;
        // Once, last: what the API shows as `result`.
        std::function<void(Ended, Value result)> ended;
    };
    struct Surroundings
    {
        const PackagingSettings &settings;
        Commands &commands;
        IndexReader &index;
        PackOperations &operations;
        RegisterPacks registerPacks;
    };

    explicit PackActions(Surroundings surroundings);

    // The id of the operation that was begun; empty if it needed none.
    QString begin(const Order &order, Report report);

private:
    using Finish = std::function<Value(const PackOperation &)>;
    using Simple = Result<Value> (PackActions::*)(const Value &parameters);

    QString operate(OperationRequest request, const Report &report, Finish document);
    QString install(const Order &order, const Report &report);
    QString download(const Order &order, const Report &report);
    QString remove(const Order &order, const Report &report);
    QString setUpEnvironment(const Order &order, const Report &report);
    void search(const Order &order, const Report &report);
    void get(const Order &order, const Report &report);

    void load(const Order &order, const Report &report);
    Result<Value> dependencies(const Value &parameters);
    Result<Value> warnings(const Value &parameters);
    Result<Value> prerun(const Value &parameters);
    Result<Value> config(const Value &parameters);
    Result<Value> restartComponent(const Value &parameters);

    Surroundings m_surroundings;
};

} // namespace stormglass
