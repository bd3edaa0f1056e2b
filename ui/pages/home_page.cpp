#include "ui/pages/home_page.h"

#include "ui/models/profile_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/color_dot.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/segmented.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int contentWidth = 920;

struct Card {
    QString icon;
    QString title;
    QString sentence;
    QPushButton* button;
};

QWidget* makeCard(const Card& card)
{
    QFrame* frame = makeArea("card");
    auto* layout = new QVBoxLayout{frame};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::small);
    layout->addWidget(new IconLabel{card.icon, Tone::Accent, 24});
    layout->addSpacing(metrics::tiny);
    layout->addWidget(makeLabel(card.title, TextKind::Head));
    QLabel* sentence = makeLabel(card.sentence, TextKind::Muted);
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(sentence, 1);
    layout->addSpacing(metrics::small);
    layout->addWidget(card.button, 0, Qt::AlignLeft);
    return frame;
}

} // namespace

HomePage::HomePage(QWidget* parent)
    : QWidget{parent}
    , m_lines{new QVBoxLayout}
    , m_meaning{makeLabel({}, TextKind::Hint)}
{
    setObjectName(QStringLiteral("page.home"));
    auto* content = new QWidget;
    content->setMaximumWidth(contentWidth);
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::page);
    layout->addWidget(makeLabel(tr("What would you like to do?"), TextKind::Title));
    layout->addWidget(buildCards());
    layout->addWidget(buildProfiles());
    layout->addWidget(buildArrangements());
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* inner = new QWidget;
    auto* center = new QHBoxLayout{inner};
    center->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    center->addStretch(1);
    center->addWidget(content, 100);
    center->addStretch(1);
    scroll->setWidget(inner);
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    showProfiles({});
}

QWidget* HomePage::buildCards()
{
    QPushButton* tryIt = makeButton(QStringLiteral("home.try"), tr("Send a first event"), {}, ButtonKind::Primary);
    QPushButton* connectTo = makeButton(QStringLiteral("home.connect"), tr("Connect"));
    QPushButton* learn = makeButton(QStringLiteral("home.learn"), tr("Open the handbook"));
    auto* cards = new QWidget;
    auto* layout = new QHBoxLayout{cards};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::large);
    layout->addWidget(makeCard({QStringLiteral("play"), tr("Try it here"),
                                tr("Starts a server on this computer and prepares a first event."), tryIt}),
                      1);
    layout->addWidget(makeCard({QStringLiteral("server"), tr("Connect to a server"),
                                tr("Paste your .env or fill in four fields."), connectTo}),
                      1);
    layout->addWidget(makeCard({QStringLiteral("book"), tr("Look around"),
                                tr("Short lessons: a first event, the filter line, rules, presence."), learn}),
                      1);
    connect(tryIt, &QPushButton::clicked, this, &HomePage::tryRequested);
    connect(connectTo, &QPushButton::clicked, this, &HomePage::connectRequested);
    connect(learn, &QPushButton::clicked, this, &HomePage::learnRequested);
    return cards;
}

QWidget* HomePage::buildProfiles()
{
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout{part};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Your servers"), TextKind::Head));
    QFrame* card = makeArea("card");
    m_lines->setContentsMargins(metrics::small, metrics::small, metrics::small, metrics::small);
    m_lines->setSpacing(0);
    card->setLayout(m_lines);
    layout->addWidget(card);
    return part;
}

QWidget* HomePage::buildArrangements()
{
    QList<Segmented::Choice> choices;
    for (const Arrangement arrangement : arrangements)
        choices << Segmented::Choice{QStringLiteral("home.arrangement.") + keyOf(arrangement), wordOf(arrangement)};
    m_arrangement = new Segmented{choices};
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout{part};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Which do you do most?"), TextKind::Head));
    layout->addWidget(m_arrangement, 0, Qt::AlignLeft);
    layout->addWidget(m_meaning);
    connect(m_arrangement, &Segmented::chosen, this, [this](int index) {
        const Arrangement chosen = arrangements[static_cast<std::size_t>(index)];
        showArrangement(chosen);
        Q_EMIT arrangementChosen(chosen);
    });
    showArrangement(Arrangement::Developer);
    return part;
}

void HomePage::showArrangement(Arrangement arrangement)
{
    m_arrangement->setCurrent(static_cast<int>(arrangement));
    m_meaning->setText(meaningOf(arrangement) + QStringLiteral(" ") + tr("You can change this later under View."));
}

QWidget* HomePage::makeLine(const Line& line)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(metrics::small, metrics::tiny, metrics::small, metrics::tiny);
    layout->setSpacing(metrics::medium);
    layout->addWidget(new ColorDot{toneOf(line.color)});
    layout->addWidget(makeLabel(line.name));
    layout->addWidget(makeLabel(line.address, TextKind::Hint));
    layout->addStretch();
    layout->addWidget(makeLabel(line.state.isEmpty() ? tr("Not connected") : line.state, TextKind::Hint));
    QPushButton* open = makeButton(QStringLiteral("home.open.") + QString::fromStdString(line.id),
                                   line.state.isEmpty() ? tr("Connect") : tr("Show"), {}, ButtonKind::Small);
    open->setAccessibleName(line.state.isEmpty() ? tr("Connect to %1").arg(line.name) : tr("Show %1").arg(line.name));
    if (line.isKept) {
        QPushButton* edit = makeButton(QStringLiteral("home.edit.") + QString::fromStdString(line.id), tr("Edit"), {},
                                       ButtonKind::Small);
        edit->setAccessibleName(tr("Edit or remove %1").arg(line.name));
        edit->setToolTip(tr("Rename, colour, change or remove it"));
        layout->addWidget(edit);
        connect(edit, &QPushButton::clicked, this, [this, id = line.id] { Q_EMIT profileEdited(id); });
    }
    layout->addWidget(open);
    connect(open, &QPushButton::clicked, this, [this, id = line.id] { Q_EMIT profileChosen(id); });
    return row;
}

void HomePage::showProfiles(const std::vector<Line>& profiles)
{
    if (!m_shown.empty() && m_shown == profiles)
        return; // A row that is pressed at the moment stays.
    m_shown = profiles;
    while (m_lines->count() > 0) {
        QLayoutItem* item = m_lines->takeAt(0);
        item->widget()->hide(); // Else it is drawn under the new ones until it goes.
        item->widget()->deleteLater();
        delete item;
    }
    for (const Line& line : profiles)
        m_lines->addWidget(makeLine(line));
}

} // namespace castdeck::ui
