#include "ui/pages/settings_page.h"

#include "ui/pages/about_settings.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/segmented.h"

#include <QtCore/QEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int listWidth = 180;
constexpr int contentWidth = 760;
constexpr const char* searchProperty = "searchText";

} // namespace

SettingsPage::SettingsPage(Theme& theme, QWidget* parent)
    : QWidget{parent}
    , m_theme{theme}
    , m_search{new QLineEdit}
    , m_list{new QListWidget}
    , m_scroll{new QScrollArea}
    , m_groupsLayout{new QVBoxLayout}
    , m_folder{makeLabel({}, TextKind::Muted)}
{
    setObjectName(QStringLiteral("page.settings"));
    m_search->setObjectName(QStringLiteral("settings.search"));
    m_search->setPlaceholderText(tr("Search settings"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("settings.groups"));
    m_list->setAccessibleName(tr("Groups of settings"));
    m_list->setProperty("look", QStringLiteral("menu"));
    m_list->setFixedWidth(listWidth);
    auto* inner = new QWidget;
    inner->setMaximumWidth(contentWidth);
    m_groupsLayout->setContentsMargins(0, 0, metrics::medium, 0);
    m_groupsLayout->setSpacing(metrics::page);
    inner->setLayout(m_groupsLayout);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(inner);
    inner->installEventFilter(this);

    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::large);
    left->addWidget(makeLabel(tr("Settings"), TextKind::Title));
    left->addWidget(m_list, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::large);
    auto* searchRow = new QHBoxLayout;
    searchRow->addWidget(m_search, 1);
    searchRow->addStretch();
    right->addLayout(searchRow);
    right->addWidget(m_scroll, 1);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::page);
    layout->setSpacing(metrics::page * 2);
    layout->addLayout(left);
    layout->addLayout(right, 1);

    buildGeneral();
    buildAppearance();
    addGroup(QStringLiteral("log"), tr("Log"));
    addGroup(QStringLiteral("sending"), tr("Sending"));
    buildSecurity();
    buildServer();
    addGroup(QStringLiteral("shortcuts"), tr("Shortcuts"));
    buildData();
    addGroup(QStringLiteral("about"), tr("About"));
    addAboutSettings(*this, theme);
    m_groupsLayout->addStretch();
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::search);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            m_scroll->verticalScrollBar()->setValue(m_groups[static_cast<std::size_t>(row)].widget->y());
    });
    connect(&m_theme, &Theme::changed, this, &SettingsPage::showTheme);
    m_list->setCurrentRow(0);
}

QVBoxLayout* SettingsPage::addGroup(const QString& name, const QString& title)
{
    auto* group = new QWidget;
    auto* layout = new QVBoxLayout{group};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(title, TextKind::Head));
    QFrame* card = makeArea("card");
    auto* rows = new QVBoxLayout{card};
    rows->setContentsMargins(metrics::large, metrics::small, metrics::large, metrics::small);
    rows->setSpacing(0);
    layout->addWidget(card);
    m_groupsLayout->addWidget(group);
    (new QListWidgetItem{title, m_list})->setSizeHint({0, metrics::control});
    m_groups.push_back({name, group, rows, {}});
    return rows;
}

void SettingsPage::addRow(const QString& group, const QString& title, const QString& hint, QWidget* control)
{
    const auto it = std::ranges::find(m_groups, group, &Group::name);
    if (it == m_groups.end()) {
        delete control;
        return;
    }
    auto* row = new QWidget;
    row->setProperty(searchProperty, QString{title + u' ' + hint});
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(title));
    if (!hint.isEmpty()) {
        QLabel* label = makeLabel(hint, TextKind::Hint);
        label->setWordWrap(true);
        words->addWidget(label);
    }
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(0, metrics::small, 0, metrics::small);
    layout->setSpacing(metrics::page);
    layout->addLayout(words, 1);
    if (control != nullptr)
        layout->addWidget(control);
    it->rows->addWidget(row);
    it->shown.push_back(row);
}

void SettingsPage::buildGeneral()
{
    addGroup(QStringLiteral("general"), tr("General"));
    QList<Segmented::Choice> choices;
    for (const Arrangement arrangement : arrangements)
        choices << Segmented::Choice{QStringLiteral("settings.arrangement.") + keyOf(arrangement), wordOf(arrangement)};
    m_arrangement = new Segmented{choices};
    m_arrangement->setTall();
    addRow(QStringLiteral("general"), tr("Layout"), tr("Which page opens first, and what stands beside it."),
           m_arrangement);
    connect(m_arrangement, &Segmented::chosen, this,
            [this](int index) { Q_EMIT arrangementChosen(arrangements[static_cast<std::size_t>(index)]); });
    QPushButton* reset = makeButton(QStringLiteral("settings.layout.reset"), tr("Reset layout"));
    addRow(QStringLiteral("general"), tr("Sizes of panels"), tr("Back to those the program came with."), reset);
    connect(reset, &QPushButton::clicked, this, &SettingsPage::layoutReset);
}

void SettingsPage::buildAppearance()
{
    const QString group = QStringLiteral("appearance");
    addGroup(group, tr("Appearance"));
    m_themeChoice = new Segmented{{{QStringLiteral("settings.theme.system"), tr("As the desktop")},
                                   {QStringLiteral("settings.theme.light"), tr("Light")},
                                   {QStringLiteral("settings.theme.dark"), tr("Dark")}}};
    m_themeChoice->setTall();
    addRow(group, tr("Colours"), tr("Changes at once."), m_themeChoice);
    connect(m_themeChoice, &Segmented::chosen, this,
            [this](int index) { m_theme.setChoice(static_cast<Theme::Choice>(index)); });

    auto* zoom = new QWidget;
    auto* layout = new QHBoxLayout{zoom};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    QPushButton* smaller = makeButton(QStringLiteral("settings.zoom.out"), tr("Smaller"));
    QPushButton* larger = makeButton(QStringLiteral("settings.zoom.in"), tr("Larger"));
    m_zoom = makeLabel();
    m_zoom->setMinimumWidth(44);
    m_zoom->setAlignment(Qt::AlignCenter);
    layout->addWidget(smaller);
    layout->addWidget(m_zoom);
    layout->addWidget(larger);
    addRow(group, tr("Type size"), tr("The group Shortcuts has keys for it."), zoom);
    connect(smaller, &QPushButton::clicked, this, [this] { m_theme.setZoom(m_theme.zoom() - Theme::zoomStep); });
    connect(larger, &QPushButton::clicked, this, [this] { m_theme.setZoom(m_theme.zoom() + Theme::zoomStep); });
    showTheme();
}

void SettingsPage::buildSecurity()
{
    const QString group = QStringLiteral("security");
    addGroup(group, tr("Security"));
    auto* hide = new QCheckBox{tr("Hidden")};
    hide->setObjectName(QStringLiteral("settings.curtain"));
    hide->setAccessibleName(tr("Keys, secrets and addresses are hidden"));
    hide->setChecked(Curtain::instance().isDrawn());
    addRow(group, tr("Keys, secrets and addresses"),
           tr("For screens that others look at. Copying works on. The layout for presenters hides them by itself."),
           hide);
    connect(hide, &QCheckBox::toggled, &Curtain::instance(), &Curtain::setDrawn);
    connect(&Curtain::instance(), &Curtain::changed, hide, &QCheckBox::setChecked);
}

void SettingsPage::buildData()
{
    const QString group = QStringLiteral("data");
    addGroup(group, tr("Data"));
    QPushButton* copy = makeButton(QStringLiteral("settings.folder.copy"), tr("Copy the path"), {}, ButtonKind::Small);
    m_folder->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addRow(group, tr("Files"), tr("Configuration, log, drafts and profiles are in one folder."), copy);
    addRow(group, tr("Folder"), {}, m_folder);
    connect(copy, &QPushButton::clicked, this, [this, copy] { copyWithNotice(copy, m_folder->text()); });
}

void SettingsPage::buildServer()
{
    const QString group = QStringLiteral("server");
    addGroup(group, tr("Server"));
    QPushButton* open = makeButton(QStringLiteral("settings.server"), tr("Open page Apps"));
    addRow(group, tr("Port, TLS and reach"),
           tr("They stand in the configuration. The page Apps says where the server listens and who can connect."),
           open);
    connect(open, &QPushButton::clicked, this, &SettingsPage::serverRequested);
}

/// The search is as wide as the cards.
bool SettingsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        m_search->setMaximumWidth(m_scroll->widget()->width() - metrics::medium);
    return QWidget::eventFilter(watched, event);
}

void SettingsPage::showTheme()
{
    m_themeChoice->setCurrent(static_cast<int>(m_theme.choice()));
    m_zoom->setText(tr("%1 %").arg(m_theme.zoom()));
}

void SettingsPage::showArrangement(Arrangement arrangement)
{
    m_arrangement->setCurrent(static_cast<int>(arrangement));
}

void SettingsPage::setDataFolder(const QString& folder)
{
    m_folder->setText(folder);
}

void SettingsPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void SettingsPage::showGroup(const QString& name)
{
    m_search->clear();
    const auto it = std::ranges::find(m_groups, name, &Group::name);
    if (it != m_groups.end())
        m_list->setCurrentRow(static_cast<int>(it - m_groups.begin()));
}

void SettingsPage::search(const QString& typed)
{
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        bool isAnyShown = false;
        for (QWidget* row : m_groups[i].shown) {
            const bool fits = row->property(searchProperty).toString().contains(typed.trimmed(), Qt::CaseInsensitive);
            row->setVisible(fits);
            isAnyShown = isAnyShown || fits;
        }
        m_groups[i].widget->setVisible(isAnyShown);
        m_list->item(static_cast<int>(i))->setHidden(!isAnyShown);
    }
}

} // namespace castdeck::ui
