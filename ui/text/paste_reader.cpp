#include "ui/text/paste_reader.h"

#include "core/base/ascii.h"
#include "ui/text/paste_blocks.h"
#include "ui/text/paste_fields.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <map>

namespace castdeck::ui {

namespace {

using paste::Findings;
using paste::Meaning;
using paste::Pair;
using paste::readAddress;
using paste::Scan;
using paste::translated;
using paste::Variables;

Findings readAddresses(const Scan& scan, std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    const bool isAlone = scan.addresses.size() == 1 && text.substr(start, end - start + 1) == scan.addresses.front();
    Findings best;
    for (const std::string& address : scan.addresses) {
        const Findings found = readAddress(address, isAlone);
        if (found.count() > best.count())
            best = found;
    }
    return best;
}

/// Of the lines that share a beginning, such as REVERB_, those that say most; `wanted` is the one in use.
Findings bestOf(const std::map<std::string, Findings>& byFamily, std::string_view wanted)
{
    Findings best;
    int bestScore = 0;
    for (const auto& [family, found] : byFamily) {
        const int preference = !family.empty() && equalsIgnoringCase(family, wanted) ? 100 : 0;
        // Frameworks have an APP_KEY of their own.
        const bool isNothing = family.empty() ? found.credentials() < 2 : found.count() == 0;
        const int score = isNothing ? 0 : 10 * found.credentials() + found.count() + preference;
        if (score > bestScore) {
            best = found;
            bestScore = score;
        }
    }
    return best;
}

Findings readLines(const Scan& scan, Variables& variables)
{
    std::map<std::string, Findings> byFamily;
    std::map<std::string, Findings> secondChoice; ///< What is for browsers, or for the server itself.
    std::string wanted;
    for (const Pair& pair : scan.lines) {
        if (pair.name == "BROADCAST_CONNECTION" || pair.name == "BROADCAST_DRIVER")
            wanted = variables.expand(pair.value.text);
        const paste::VariableName name = paste::variableOf(pair.name);
        if (!name.meaning)
            continue;
        Findings& found = (name.isForBrowsers || name.isForServerItself ? secondChoice : byFamily)[name.family];
        if (found[*name.meaning])
            continue;
        const std::string text = variables.expand(pair.value.text);
        if (name.meaning == Meaning::Address)
            found.fillFrom(readAddress(text, true));
        else if (text != "0.0.0.0")
            found.put(*name.meaning, text, shownText(pair.name, 64));
    }
    for (const auto& [family, found] : secondChoice)
        byFamily[family].fillFrom(found);
    return bestOf(byFamily, wanted);
}

QString summaryOf(const Pasted& pasted)
{
    QStringList found;
    for (const PasteField field : {PasteField::Host, PasteField::Port, PasteField::Path, PasteField::AppId,
                                   PasteField::Key, PasteField::Secret}) {
        if (pasted[field] && !pasted[field]->source.isEmpty())
            found.append(nameOf(field));
    }
    if (found.isEmpty())
        return translated(QT_TRANSLATE_NOOP(
            "Paste", "Nothing about a server was found in this text. Paste the PUSHER_ or REVERB_ lines of a "
                     ".env file, JSON, an address, or the new Pusher(…) call of your page."));
    const QString last = found.takeLast();
    return found.isEmpty()
               ? translated(QT_TRANSLATE_NOOP("Paste", "Found the %1.")).arg(last)
               : translated(QT_TRANSLATE_NOOP("Paste", "Found %1 and %2.")).arg(found.join(QStringLiteral(", ")), last);
}

} // namespace

bool Pasted::isEmpty() const
{
    return std::ranges::none_of(fields, [](const auto& field) { return field.has_value(); });
}

Pasted readPasted(std::string_view text)
{
    const Scan scan = paste::scan(text);
    Variables variables{scan};
    Findings found = paste::readBlocks(scan, variables);
    const Findings lines = readLines(scan, variables);
    if (found.credentials() == 0 && lines.count() > 0)
        found = lines;
    else
        found.fillFrom(lines);
    const Findings addresses = readAddresses(scan, text);
    // An address is one thing: its host does not belong to another one's port.
    if (!found[Meaning::Host] && !found[Meaning::Cluster])
        found.fillFrom(addresses);

    Pasted pasted;
    paste::fillFields(found, pasted);
    for (const QString& name : variables.missing()) {
        if (paste::variableOf(toStd(name)).meaning)
            pasted.notes.append(
                translated(QT_TRANSLATE_NOOP("Paste", "%1 is used, but the text does not say what it is.")).arg(name));
    }
    if (scan.isCut)
        pasted.notes.append(translated(QT_TRANSLATE_NOOP("Paste", "Only the first 64 KB were read.")));
    pasted.summary = summaryOf(pasted);
    return pasted;
}

QString nameOf(PasteField field)
{
    switch (field) {
    case PasteField::Scheme: return translated(QT_TRANSLATE_NOOP("Paste", "scheme"));
    case PasteField::Host: return translated(QT_TRANSLATE_NOOP("Paste", "host"));
    case PasteField::Port: return translated(QT_TRANSLATE_NOOP("Paste", "port"));
    case PasteField::Path: return translated(QT_TRANSLATE_NOOP("Paste", "path"));
    case PasteField::AppId: return translated(QT_TRANSLATE_NOOP("Paste", "app id"));
    case PasteField::Key: return translated(QT_TRANSLATE_NOOP("Paste", "key"));
    case PasteField::Secret: return translated(QT_TRANSLATE_NOOP("Paste", "secret"));
    }
    return {};
}

} // namespace castdeck::ui
