#pragma once

#include "ui/models/persona.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace castdeck::ui {

class DataTable;
class PersonaModel;

/// The personas, and a form that changes the chosen one as one types.
class AuthPersonasTab : public QWidget {
    Q_OBJECT

public:
    explicit AuthPersonasTab(PersonaBook& book, QWidget* parent = nullptr);

    void choose(const std::string& id);
    void addPersona();

private:
    QWidget* buildList();
    QWidget* buildForm();
    void showChosen();
    void keep();
    void removeChosen();
    /// What is in the form; a problem is said and nothing kept.
    bool read(Persona& persona);

    PersonaBook& m_book;
    PersonaModel* m_model;
    DataTable* m_table;
    QPushButton* m_remove;
    QLineEdit* m_name;
    QLineEdit* m_id;
    QLineEdit* m_roles;
    QComboBox* m_color;
    QPlainTextEdit* m_info;
    QPlainTextEdit* m_headers;
    QLineEdit* m_cookies;
    QLabel* m_problem;
    std::string m_chosen;
    bool m_isShowing = false;
};

} // namespace castdeck::ui
