#pragma once

#include "engine/packs/content_files.h"
#include "engine/packs/metadata_models.h"

namespace stormglass {

// An engine's content as recorded cases of registration begin with it: the shipped runner types,
// the engine's own trigger types, and the trigger types `p1.t1` and `p1.plain`. Each answer is the
// stored noun as the API shows it.
class RecordedCatalogue
{
public:
    static Result<Value> registered(MetadataKind kind, const MetadataFile &file);
    static Result<Value> pack(const MetadataFile &file);
    static Result<Value> runner(const Value &content);

private:
    struct Content;
    // A database is made once; no case leaves anything in it.
    static Content &content();
    static Result<Value> rule(const MetadataFile &file);
};

} // namespace stormglass
