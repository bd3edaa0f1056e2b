#pragma once

#include "ui/models/doctor_words.h"
#include "ui/models/profile.h"
#include "ui/text/paste_reader.h"

#include <QtWidgets/QWidget>

#include <array>
#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace castdeck::ui {

/// The fields of one server. What a pasted text filled in is marked with where it stood there, until it is edited.
class ProfileForm : public QWidget {
    Q_OBJECT

public:
    explicit ProfileForm(QWidget* parent = nullptr);

    void setProfile(const Profile& profile, const std::string& secret);
    /// Fills in what the text said; the rest stays, and loses its marks.
    void apply(const Pasted& pasted);

    Profile profile() const; ///< With the id of the one that was set.
    std::string secret() const;
    void setSecret(const std::string& secret);

    void setTls(bool usesTls);
    void setPath(const std::string& path);
    void setPinnedCertificate(const std::string& fingerprint);
    /// Puts the cursor where the remedy is to be applied.
    void focusOn(DoctorRemedy remedy);
    /// The first field that has to be filled in and is not.
    void focusOnMissing();
    /// A sentence about what is missing; empty to take it back.
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void edited(); ///< By somebody, not by the functions above.
    void submitted();

private:
    struct Field {
        QLabel* mark = nullptr;
        QLineEdit* edit = nullptr;
    };

    void build();
    Field makeField(const char* name, const QString& caption, const QString& placeholder);
    QWidget* boxOf(const QString& caption, QLabel* mark, QWidget* editor);
    Field& field(PasteField which) { return m_fields[static_cast<std::size_t>(which)]; }
    const Field& field(PasteField which) const { return m_fields[static_cast<std::size_t>(which)]; }
    void fill(PasteField which, const Pasted& pasted);
    void setMark(QLabel* mark, const QString& source);
    void setSecretShown(bool isShown);

    Profile m_profile;                           ///< What the form has no field for.
    std::array<Field, pasteFieldCount> m_fields; ///< Without an edit for the scheme.
    QLineEdit* m_name;
    QComboBox* m_color;
    QComboBox* m_scheme;
    QLabel* m_schemeMark;
    QLineEdit* m_origin;
    QToolButton* m_showSecret;
    QCheckBox* m_production;
    QLabel* m_trust;
    QLabel* m_problem;
};

} // namespace castdeck::ui
