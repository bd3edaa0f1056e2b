#include "tests/fuzz/fuzz.h"
#include "ui/text/paste_reader.h"

using namespace castdeck;
using namespace castdeck::ui;
using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Pasted pasted = readPasted(fuzz::textOf(data, size));
    require(!pasted.summary.isEmpty());
    for (const auto& field : pasted.fields)
        require(!field || !field->text.isEmpty());
    if (const auto& port = pasted[PasteField::Port])
        require(port->text.toUInt() > 0 && port->text.toUInt() <= 65'535);
    if (const auto& scheme = pasted[PasteField::Scheme])
        require(scheme->text == QLatin1String{"http"} || scheme->text == QLatin1String{"https"});
    if (const auto& path = pasted[PasteField::Path])
        require(path->text.startsWith(QLatin1Char{'/'}) && !path->text.endsWith(QLatin1Char{'/'}));
    for (const PasteField field : {PasteField::Host, PasteField::AppId, PasteField::Key, PasteField::Secret}) {
        if (pasted[field]) {
            for (const QChar c : pasted[field]->text)
                require(c.unicode() > 0x20 && c.unicode() != 0x7f);
        }
    }
    return 0;
}
