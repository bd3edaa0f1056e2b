#include "ui/text/payload_words.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PayloadWords", text);
}

/// "$.id = 18446744073709551615, $.b = 9007199254740993 and 4 more".
QString listed(const JsonNotes::Findings& findings)
{
    QStringList parts;
    for (const JsonNotes::Finding& finding : findings.first)
        parts << shownText(finding.path, 80) + QStringLiteral(" = ") + shownText(finding.shown, 60);
    const QString shown = parts.join(QStringLiteral(", "));
    const std::size_t more = findings.count - findings.first.size();
    return more == 0 ? shown : tr("%1 and %2 more").arg(shown, shownCount(more));
}

} // namespace

QString wordsFor(const JsonNotes& notes)
{
    QStringList lines;
    if (notes.bigIntegers.count > 0)
        lines << tr("Integers above 2^53, which JavaScript rounds: %1").arg(listed(notes.bigIntegers));
    if (notes.duplicateNames.count > 0)
        lines << tr("Names that come twice; readers keep the last: %1").arg(listed(notes.duplicateNames));
    if (notes.loneSurrogates.count > 0)
        lines << tr("Half characters, which readers replace or refuse: %1").arg(listed(notes.loneSurrogates));
    return lines.join(u'\n');
}

} // namespace castdeck::ui
