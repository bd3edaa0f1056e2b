#include "ui/widgets/channel_field.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"

#include <QtCore/QStringListModel>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLineEdit>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int rowHeight = 24;
constexpr int gap = 4;
constexpr int border = 4;
constexpr int editorWidth = 110;
constexpr int restingWidth = 24; ///< Of the line to type in while nobody does.
constexpr int foldedRows = 3;
constexpr int unfoldedRows = 8;

QStringList namesIn(const QString& line)
{
    QStringList names;
    for (const ChannelEntry& entry : parseChannels(line))
        names << toQt(entry.name);
    return names;
}

} // namespace

ChannelField::ChannelField(const QString& name, const QString& accessibleName, QWidget* parent)
    : QFrame{parent}
    , m_more{new Chip{Chip::Use::Information, this}}
    , m_editor{new QLineEdit{this}}
    , m_completer{new QCompleter{this}}
    , m_suggestions{new QStringListModel{this}}
{
    m_editor->setObjectName(name);
    m_editor->setAccessibleName(accessibleName);
    m_editor->setFrame(false);
    m_editor->setStyleSheet(
        QStringLiteral("QLineEdit { border: none; background: transparent; padding: 0 4px; min-height: 22px; }"));
    m_editor->installEventFilter(this);
    setFocusProxy(m_editor);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_completer->setModel(m_suggestions);
    m_completer->setWidget(m_editor);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_more->hide();
    connect(m_editor, &QLineEdit::textEdited, this, &ChannelField::textEdited);
    connect(m_editor, &QLineEdit::textChanged, this, &ChannelField::changed);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &ChannelField::add);
    connect(m_more, &Chip::pressed, this, [this] {
        m_isUnfolded = true;
        arrange();
    });
    arrange();
}

QString ChannelField::text() const
{
    QStringList all = m_names;
    for (const QString& name : namesIn(m_editor->text())) {
        if (!all.contains(name))
            all << name;
    }
    return all.join(QStringLiteral(", "));
}

void ChannelField::setText(const QString& line)
{
    m_names = namesIn(line);
    setTyped({});
    m_isUnfolded = false;
    rebuild();
}

void ChannelField::add(const QString& name)
{
    for (const QString& each : namesIn(name)) {
        if (!m_names.contains(each))
            m_names << each;
    }
    setTyped({});
    rebuild();
}

void ChannelField::textEdited(const QString& text)
{
    qsizetype lastBlank = text.size();
    while (lastBlank > 0 && !text[lastBlank - 1].isSpace())
        --lastBlank;
    if (lastBlank == 0) {
        suggest();
        return;
    }
    const QString rest = text.mid(lastBlank);
    add(text.left(lastBlank));
    m_editor->setText(rest);
}

/// Says nothing: names and chips are of different number until rebuild(), which tells of both changes.
void ChannelField::setTyped(const QString& text)
{
    const QSignalBlocker blocker{m_editor};
    m_editor->setText(text);
}

void ChannelField::takeTyped()
{
    if (!m_editor->text().trimmed().isEmpty())
        add(m_editor->text());
}

void ChannelField::editChip(int index)
{
    takeTyped();
    setTyped(m_names.takeAt(index));
    m_editor->setFocus();
    rebuild();
}

void ChannelField::setDescribe(Describe describe)
{
    m_describe = std::move(describe);
    showLooks();
}

void ChannelField::rebuild()
{
    for (Chip* chip : m_chips) {
        chip->hide();
        chip->deleteLater(); // It may be the one whose press has led here.
    }
    m_chips.clear();
    for (int i = 0; i < m_names.size(); ++i) {
        auto* chip = new Chip{Chip::Use::Removable, this};
        const QString name = m_names[i];
        chip->setText(shownText(toStd(name), 200));
        chip->setAccessibleName(chip->text());
        connect(chip, &Chip::removeRequested, this, [this, name] {
            m_names.removeAll(name);
            rebuild();
        });
        connect(chip, &Chip::clicked, this, [this, name] {
            if (const auto at = m_names.indexOf(name); at >= 0)
                editChip(static_cast<int>(at));
        });
        m_chips.push_back(chip);
    }
    showLooks();
    Q_EMIT changed();
}

void ChannelField::showLooks()
{
    for (std::size_t i = 0; m_describe && i < m_chips.size(); ++i) {
        const auto entries = parseChannels(m_names[static_cast<qsizetype>(i)]);
        if (entries.empty())
            continue;
        const Look look = m_describe(entries.front());
        m_chips[i]->setLook(look.icon, look.tone);
        m_chips[i]->setRemark(look.remark);
        m_chips[i]->setToolTip(look.tip);
    }
    m_editor->setPlaceholderText(m_names.isEmpty() ? m_placeholder : QString{});
    arrange();
}

void ChannelField::arrange()
{
    const int right = width() - border;
    const int maxRows = m_isUnfolded ? unfoldedRows : foldedRows;
    int x = border;
    int row = 0;
    std::size_t shown = 0;
    const auto place = [&](QWidget* widget, int wanted) {
        if (x > border && x + wanted > right) {
            x = border;
            ++row;
        }
        widget->setGeometry(x, border + row * (rowHeight + gap), std::min(wanted, right - border), rowHeight);
        x += wanted + gap;
    };
    const int moreWidth = m_more->fontMetrics().horizontalAdvance(tr("%1 more").arg(100)) + 44;
    for (Chip* chip : m_chips) {
        const int wanted = chip->sizeHint().width();
        const bool breaksRow = x > border && x + wanted > right;
        const bool isLastRow = row + (breaksRow ? 1 : 0) >= maxRows - 1;
        const bool isLast = shown + 1 == m_chips.size();
        const int end = (breaksRow ? border : x) + wanted + (isLast ? 0 : gap + moreWidth);
        if (row + (breaksRow ? 1 : 0) >= maxRows || (isLastRow && shown > 0 && end > right))
            break;
        place(chip, wanted);
        ++shown;
    }
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setVisible(i < shown);
    m_more->setVisible(shown < m_chips.size());
    if (shown < m_chips.size()) {
        m_more->setText(tr("%1 more").arg(m_chips.size() - shown));
        m_more->setAccessibleName(m_more->text());
        place(m_more, m_more->sizeHint().width());
    }
    const bool isTypedInto = m_editor->hasFocus() || !m_editor->text().isEmpty();
    if (x > border && x + (isTypedInto ? editorWidth : restingWidth) > right) {
        x = border;
        ++row;
    }
    m_editor->setGeometry(x, border + row * (rowHeight + gap), right - x, rowHeight);
    setFixedHeight(2 * border + (row + 1) * rowHeight + row * gap);
}

void ChannelField::setWrong(bool isWrong)
{
    if (m_isWrong == isWrong)
        return;
    m_isWrong = isWrong;
    update();
}

void ChannelField::setSuggestions(const QStringList& names)
{
    if (!m_completer->popup()->isVisible() && m_suggestions->stringList() != names)
        m_suggestions->setStringList(names);
}

void ChannelField::setPlaceholderText(const QString& text)
{
    m_placeholder = text;
    showLooks();
}

void ChannelField::suggest()
{
    m_completer->setCompletionPrefix(m_editor->text());
    const bool isOnlyItself =
        m_completer->completionCount() == 1 && m_completer->currentCompletion() == m_editor->text();
    if (m_completer->completionCount() == 0 || isOnlyItself) {
        m_completer->popup()->hide();
        return;
    }
    QRect area = m_editor->rect();
    area.setWidth(std::clamp(area.width(), 220, 420));
    m_completer->complete(area);
}

bool ChannelField::keyPressed(int key)
{
    const bool isPlainEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (isPlainEnter) {
        const bool hasTyped = !m_editor->text().isEmpty();
        takeTyped();
        return hasTyped;
    }
    if (key == Qt::Key_Backspace && m_editor->cursorPosition() == 0 && !m_editor->hasSelectedText() &&
        !m_names.isEmpty()) {
        const QString typed = m_editor->text();
        setTyped(m_names.takeLast() + typed);
        m_editor->setCursorPosition(static_cast<int>(m_editor->text().size() - typed.size()));
        rebuild();
        return true;
    }
    if (key == Qt::Key_Down && m_suggestions->rowCount() > 0) {
        suggest();
        return true;
    }
    return false;
}

bool ChannelField::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_editor)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress) {
        auto* press = static_cast<QKeyEvent*>(event);
        if (press->matches(QKeySequence::SelectAll)) { // All names, those of the chips too.
            const QString all = text();
            setText({});
            m_editor->setText(all);
            m_editor->selectAll();
            return true;
        }
        const bool isPlain = (press->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isPlain && keyPressed(press->key()))
            return true;
    }
    // Later: a window that goes away takes the focus too, and bears no new chips by then.
    if (event->type() == QEvent::FocusOut && !m_completer->popup()->isVisible())
        QMetaObject::invokeMethod(this, &ChannelField::takeTyped, Qt::QueuedConnection);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        arrange();
        update();
    }
    return QFrame::eventFilter(watched, event);
}

void ChannelField::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_isWrong ? colors.danger : m_editor->hasFocus() ? colors.accent : colors.borderStrong);
    painter.setBrush(colors.surface);
    painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
}

void ChannelField::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void ChannelField::mousePressEvent(QMouseEvent*)
{
    m_editor->setFocus();
}

} // namespace castdeck::ui
