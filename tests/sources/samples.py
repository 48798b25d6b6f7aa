"""Fictional exports, written by hand after the real files: people and companies are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One export file: what it is called, how it is written, and what must be understood of it."""

    source: str
    file: str
    text: str
    # (canonical column, the values of the records in order)
    expected: tuple[tuple[str, tuple[object, ...]], ...]
    encoding: str = "utf-8"

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode(self.encoding)


SAMPLES = (
    Sample(
        "hubspot",
        "hubspot-crm-exports-all-contacts-2026-10-02.csv",
        "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Country/Region,Contact owner,"
        "Lifecycle Stage,Create Date,Original Source,Original Source Drill-Down 1,Original Source Drill-Down 2,"
        "First Conversion,First Conversion Date,Legal basis for processing contact's data,"
        "Unsubscribed from all email,Opted out of email: Product news,Budget interne\n"
        "501,Ada,Northwood,ada.northwood@acme-demo.example,+44 20 7946 0001,Buyer,Acme Demo,United Kingdom,"
        "Sam Rep,lead,2026-03-01 09:15,Organic Search,google,unknown,Demo request form,2026-03-01 09:14,"
        "Freely given consent from contact,,,12000\n"
        "502,Ben,Southgate,ben.southgate@globex-demo.example,,CFO,Globex Demo,Ireland,Sam Rep,customer,"
        '2025-11-20 17:02,Offline Sources,IMPORT,"list, may.xlsx",,,'
        '"Performance of a contract;Legitimate interest – existing customer",true,true,\n',
        (
            ("email", ("ada.northwood@acme-demo.example", "ben.southgate@globex-demo.example")),
            ("record_created_on_text", ("2026-03-01 09:15", "2025-11-20 17:02")),
            ("source", ("Organic Search", "Offline Sources")),
            ("source_detail", ("google | unknown", "IMPORT | list, may.xlsx")),
            ("consent_form", ("Demo request form", None)),
            ("opt_out", (None, True)),
            ("opt_out_scope", (None, "email")),
        ),
    ),
    Sample(
        "hubspot",
        "hubspot-crm-exports-tous-les-contacts.csv",
        "ID de fiche d'informations,Prénom,Nom,E-mail,Numéro de téléphone,Intitulé de poste,Nom de l'entreprise,"
        "Pays/Région,Propriétaire du contact,Phase du cycle de vie,Date de création,Source d'origine,"
        "Base juridique du traitement des données du contact,Désabonné de tous les e-mails\n"
        "701,Zoé,Lefèvre,zoe.lefevre@menuiserie-demo.example,+33 1 99 00 00 01,Gérante,Menuiserie Démo,France,"
        "Équipe,Lead,2026-01-05 10:00,Recherche naturelle,Legitimate interest – prospect/lead,\n"
        "702,Noël,Étienne,noel.etienne@atelier-demo.example,,Acheteur,Atelier Démo,France,Équipe,Client,"
        "2026-02-06 11:30,Sources hors ligne,,true\n",
        (
            ("last_name", ("Lefèvre", "Étienne")),
            ("opt_out", (None, True)),
            ("source", ("Recherche naturelle", "Sources hors ligne")),
        ),
    ),
    Sample(
        "salesforce_report",
        "report1696243.csv",
        '"First Name","Last Name","Title","Company / Account","Email","Phone","Lead Source","Lead Status",'
        '"Lead Owner","Created Date","Email Opt Out","Do Not Call"\n'
        '"Cora","Vale","Head of Ops","Initech Demo","cora.vale@initech-demo.example","(212) 555-0100","Web",'
        '"Open - Not Contacted","Pat Doe","10/14/2025","0","1"\n'
        '"Dan","Frost","Director","Hooli Demo","dan.frost@hooli-demo.example","","Purchased List","Working",'
        '"Pat Doe","02/03/2026","1","0"\n'
        "\n"
        '"Grand Totals (2 records)"\n'
        '"Confidential Information - Do Not Distribute"\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n',
        (
            ("email", ("cora.vale@initech-demo.example", "dan.frost@hooli-demo.example")),
            ("company", ("Initech Demo", "Hooli Demo")),
            ("opt_out", (True, True)),
            ("opt_out_scope", ("phone", "email")),
            ("source", ("Web", "Purchased List")),
        ),
    ),
    Sample(
        "salesforce_report",
        "rapport-pistes.csv",
        '"ID de piste";"Prénom";"Nom";"Fonction";"Société / Compte";"E-mail";"Origine de la piste";'
        '"Statut de la piste";"Propriétaire de la piste";"Date de création";"Désinscription des e-mails"\n'
        '"00Q01";"Éloi";"Garnier";"DAF";"Verrerie Démo";"eloi.garnier@verrerie-demo.example";"Salon Démo 2026";'
        '"Ouvert";"Équipe";"13/01/2026";"0"\n'
        '"00Q02";"Inès";"Hamel";"Acheteuse";"Filature Démo";"ines.hamel@filature-demo.example";"Site web";'
        '"Ouvert";"Équipe";"05/02/2026";"1"\n',
        (
            ("first_name", ("Éloi", "Inès")),
            ("source", ("Salon Démo 2026", "Site web")),
            ("opt_out", (False, True)),
            ("record_created_on_text", ("13/01/2026", "05/02/2026")),
        ),
        "iso-8859-1",
    ),
    Sample(
        "pipedrive",
        "people-1234567-1.csv",
        "Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Email - Other,"
        "Person - Phone - Work,Person - Phone - Mobile,Person - Labels,Person - Owner,Person - Marketing status\n"
        "Elsa Brandt,Umbra Demo,elsa.brandt@umbra-demo.example,elsa@brandt-home.example,,+49 30 2312500,,hot,Kim,"
        "Subscribed\n"
        "Finn Olsen,Vela Demo,,,finn@vela-demo.example,,+47 21 00 00 00,,Kim,No consent\n",
        (
            ("email", ("elsa.brandt@umbra-demo.example", "finn@vela-demo.example")),
            ("email_label", ("work", "other")),
            ("email_others", (["elsa@brandt-home.example"], None)),
            ("email_other_labels", (["home"], None)),
            ("consent_status", ("Subscribed", "No consent")),
        ),
    ),
    Sample(
        "pipedrive",
        "personnes.csv",
        "Personne - Nom,Personne - Prénom,Personne - Nom de famille,Personne - Organisation,"
        "Personne - E-mail - Travail,Personne - E-mail - Domicile,Personne - Téléphone - Travail,"
        "Personne - Étiquettes,Personne - Statut marketing\n"
        "Gaël Imbert,Gaël,Imbert,Scierie Démo,gael.imbert@scierie-demo.example,,04 99 00 00 00,,Non abonné\n"
        "Hana Joly,Hana,Joly,Tissage Démo,,hana.joly@maison-demo.example,,salon,Abonné\n",
        (
            ("full_name", ("Gaël Imbert", "Hana Joly")),
            ("email", ("gael.imbert@scierie-demo.example", "hana.joly@maison-demo.example")),
            ("email_label", ("work", "home")),
        ),
    ),
    Sample(
        "apollo",
        "apollo-contacts-export.csv",
        "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Primary Email Source,"
        "Email Confidence,Primary Email Last Verified At,Secondary Email,Work Direct Phone,Home Phone,"
        "Person Linkedin Url,Website,Country,Stage,Lists,Last Contacted,Email Bounced,Apollo Contact Id\n"
        "Ivy,Marsh,VP Sales,Stark Demo,Stark Demo,ivy.marsh@stark-demo.example,Guessed,Apollo,0.71,"
        "2026-09-30T00:00:00Z,ivy@marsh-home.example,,'+1 415-555-0100,http://www.linkedin.com/in/fictional-ivy,"
        "https://stark-demo.example,United States,Cold,Q4,,false,60f1\n"
        "Joel,Nash,CTO,Wayne Demo,Wayne Demo,joel.nash@wayne-demo.example,Verified,Apollo,,,,,,,,,Cold,Q4,,true,60f2\n",
        (
            ("email_status", ("Guessed", "Verified")),
            ("email_others", (["ivy@marsh-home.example"], None)),
            ("phone", ("+1 415-555-0100", None)),
            ("email_verified_on_text", ("2026-09-30T00:00:00Z", None)),
            ("bounced", (False, True)),
        ),
    ),
    Sample(
        "phantombuster_sales_navigator",
        "result.csv",
        "profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,"
        "titleDescription,industry,companyLocation,location,durationInRole,durationInCompany,connectionDegree,"
        "profileImageUrl,sharedConnectionsCount,name,vmid,linkedInProfileUrl,isPremium,isOpenLink,query,timestamp,"
        "defaultProfileUrl,professionalEmail\n"
        '"https://www.linkedin.com/sales/lead/ACwAAFICTION1,NAME_SEARCH",Lena Okafor,Lena,Okafor,Nimbus Demo,CEO,1,'
        "https://www.linkedin.com/sales/company/1,https://www.linkedin.com/company/1,,,,,Paris,1 year,2 years,2nd,"
        "https://media.licdn.com/x,3,Lena Okafor,ACwAAFICTION1,https://www.linkedin.com/in/ACwAAFICTION1,true,false,"
        "https://www.linkedin.com/sales/search/people?query=x,2026-05-04T10:11:12.345Z,"
        "https://www.linkedin.com/in/fictional-lena,lena.okafor@nimbus-demo.example\n",
        (
            ("email", ("lena.okafor@nimbus-demo.example",)),
            ("job_title", ("CEO",)),
            ("source_url", ("https://www.linkedin.com/sales/search/people?query=x",)),
            ("collected_on_text", ("2026-05-04T10:11:12.345Z",)),
        ),
    ),
    Sample(
        "phantombuster_profile",
        "result.csv",
        "profileUrl,refreshedAt,scraperProfileId,scraperFullName,professionalEmail,companyName,firstName,lastName,"
        "linkedinHeadline,linkedinCompanyUrl,linkedinCompanySlug,linkedinCompanyId,linkedinDescription,"
        "linkedinProfileSlug\n"
        "https://www.linkedin.com/in/fictional-max,2026-06-01T08:00:00.000Z,77,Max Ortega,"
        "max.ortega@lumen-demo.example,Lumen Demo,Max,Ortega,Sales at Lumen Demo,,lumen-demo,9,,fictional-max\n",
        (
            ("email", ("max.ortega@lumen-demo.example",)),
            ("email_label", ("work",)),
            ("job_title", ("Sales at Lumen Demo",)),
            ("collected_on_text", ("2026-06-01T08:00:00.000Z",)),
        ),
    ),
    Sample(
        "mailchimp",
        "unsubscribed_email_audience_export_0a1b2c.csv",
        "Email Address,First Name,Last Name,Phone Number,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,"
        "LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,"
        "UNSUB_REASON,UNSUB_REASON_OTHER,LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
        'mia.quint@paper-demo.example,Mia,Quint,,2,"2025-01-02 10:00:00",192.0.2.4,"2025-01-02 10:01:00",192.0.2.4,'
        ',,,,,FR,,"2026-01-03 11:00:00",News 12,88,NORMAL,,"2026-01-03 11:00:00",123,abc,,"""VIP"",""Blog"""\n',
        (
            ("opt_out", (True,)),
            ("opt_out_scope", ("email",)),
            ("consent_status", ("unsubscribed",)),
            ("opted_out_on_text", ("2026-01-03 11:00:00",)),
            ("consent_ip", ("192.0.2.4",)),
            ("doi_confirmed_at_text", ("2025-01-02 10:01:00",)),
            ("tags", ('"VIP","Blog"',)),
        ),
    ),
    Sample(
        "linkedin_connections",
        "Connections.csv",
        "Notes:\n"
        '"When exporting your connection data, you may notice that some of the email addresses are missing."\n'
        "\n"
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Nina,Parker,https://www.linkedin.com/in/fictional-nina,nina.parker@orbit-demo.example,Orbit Demo,CMO,"
        "02 Apr 2021\n"
        "Omar,Quick,https://www.linkedin.com/in/fictional-omar,,Pixel Demo,CTO,17 Dec 2024\n",
        (
            ("email", ("nina.parker@orbit-demo.example", None)),
            ("job_title", ("CMO", "CTO")),
            ("source_detail", ("02 Apr 2021", "17 Dec 2024")),
        ),
    ),
    Sample(
        "brevo",
        "contacts_export.csv",
        "EMAIL;LASTNAME;FIRSTNAME;SMS;OPT_IN;DOUBLE_OPT-IN;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME\n"
        "paul.renard@quai-demo.example;Renard;Paul;33699000000;Yes;Yes;No;No;13-02-2026 14:05;01-03-2026 09:00\n"
        "rose.sauvage@cale-demo.example;Sauvage;Rose;;No;No;Yes;No;05-01-2026 08:00;01-03-2026 09:00\n",
        (
            ("opt_out", (False, True)),
            ("consent_status", ("opt-in", "not-opt-in")),
            ("consent_method", ("double opt-in", None)),
            ("record_created_on_text", ("13-02-2026 14:05", "05-01-2026 08:00")),
        ),
    ),
    Sample(
        "outlook",
        "contacts.csv",
        '"Titre";"Prénom";"Deuxième prénom";"Nom";"Société ";"Service ";"Titre";"Téléphone (bureau)";'
        '"Téléphone (domicile)";"Tél. mobile";"Pays/Région (bureau)";"Adresse de messagerie";'
        '"Adresse de messagerie 2";"Anniversaire";"Notes"\r\n'
        '"Mme";"Soléna";"";"Tessier";"Forge Démo";"Achats";"Acheteuse";"01 99 00 00 10";"";"";"France";'
        '"solena.tessier@forge-demo.example";"solena@maison-demo.example";"0/0/00";"vue au salon"\r\n',
        (
            ("civility", ("Mme",)),
            ("job_title", ("Acheteuse",)),
            ("company", ("Forge Démo",)),
            ("department", ("Achats",)),
            ("email", ("solena.tessier@forge-demo.example",)),
            ("email_others", (["solena@maison-demo.example"],)),
            ("last_name", ("Tessier",)),
        ),
        "cp1252",
    ),
    Sample(
        "google_contacts",
        "contacts.csv",
        "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
        "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,"
        "Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
        "Phone 1 - Value\n"
        "Uma,,Vance,,,,,,,,Raft Demo,Buyer,,,,,* myContacts ::: Rotary,* Work,uma.vance@raft-demo.example,Home,"
        "uma@vance-home.example ::: uma2@vance-home.example,Mobile,+353 1 555 0100\n",
        (
            ("email", ("uma.vance@raft-demo.example",)),
            ("email_others", (["uma@vance-home.example", "uma2@vance-home.example"],)),
            ("job_title", ("Buyer",)),
            ("phone", ("+353 1 555 0100",)),
        ),
    ),
    Sample(
        "eventbrite",
        "report-2026-05-12T1010.csv",
        "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,"
        "Currency,Total Paid,Fees Paid,Attendee Status,Event Name,Please keep me informed about next year\n"
        "111,2026-05-02 10:11:12,Vera,Winter,vera.winter@sail-demo.example,1,,Standard,901,,Free,EUR,0.00,0.00,"
        "Attending,Demo Day 2026,Yes\n"
        "112,2026-05-03 12:00:00,Will,Young,will.young@mast-demo.example,1,,Standard,902,,Free,EUR,0.00,0.00,"
        "Attending,Demo Day 2026,No\n",
        (
            ("source", ("Eventbrite", "Eventbrite")),
            ("source_detail", ("Standard | Demo Day 2026", "Standard | Demo Day 2026")),
            ("consent_status", ("Yes", "No")),
            ("collected_on_text", ("2026-05-02 10:11:12", "2026-05-03 12:00:00")),
        ),
    ),
    Sample(
        "zoom_webinar",
        "attendee_95012345678.csv",
        "Attendee Report\n"
        "Report Generated:,08/03/2026 09:00:00 AM\n"
        "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered\n"
        "Demo webinar,950 1234 5678,08/02/2026 10:45:00 AM,60,2\n"
        "Host Details\n"
        "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,"
        "Country/Region Name\n"
        "Yes,Host Person,host@demo-host.example,08/02/2026 10:30:00 AM,08/02/2026 11:45:00 AM,75,No,France\n"
        "Attendee Details\n"
        "Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,"
        "Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\n"
        "Yes,Xenia Abel,Xenia,Abel,xenia.abel@keel-demo.example,,07/20/2026 04:05:06 PM,approved,"
        "08/02/2026 10:45:00 AM,08/02/2026 11:45:00 AM,60,Yes,Germany\n"
        "No,Yann Borel,Yann,Borel,yann.borel@hull-demo.example,,07/09/2026 04:05:06 PM,approved,--,--,--,--,--\n",
        (
            ("email", ("xenia.abel@keel-demo.example", "yann.borel@hull-demo.example")),
            ("country", ("Germany", None)),
            ("collected_on_text", ("07/20/2026 04:05:06 PM", "07/09/2026 04:05:06 PM")),
        ),
    ),
    Sample(
        "meta_lead_ads",
        "Demo_Form_Leads_2026-04-01_2026-04-30.csv",
        "id\tcreated_time\tad_id\tad_name\tadset_id\tadset_name\tcampaign_id\tcampaign_name\tform_id\tform_name\t"
        "is_organic\tplatform\tfull_name\tphone_number\temail\tinbox_url\tlead_status\n"
        "l:1\t2026-04-02T10:00:00+02:00\tag:1\tAd\tas:1\tSet\tc:1\tSpring\tf:1\tQuote form\tfalse\tfb\tZara Costa\t"
        "p:+33199000011\tzara.costa@prow-demo.example\thttps://business.example/inbox\tcomplete\n",
        (
            ("email", ("zara.costa@prow-demo.example",)),
            ("consent_form", ("Quote form",)),
            ("collected_on_text", ("2026-04-02T10:00:00+02:00",)),
            ("source", ("Meta lead form",)),
        ),
        "utf-16",
    ),
    Sample(
        "generic",
        "prospects.csv",
        "prenom;nom;email;telephone;consentement;valide_le;source;cree_le\n"
        "Anna;Caron;anna.caron@cordage-demo.example;0199000012;2026-02-03T10:00:00;2026-02-04;Salon Démo;2026-02-03\n",
        (
            ("first_name", ("Anna",)),
            ("consent_status", ("given",)),
            ("consent_at_text", ("2026-02-04",)),
            ("source", ("Salon Démo",)),
        ),
        "utf-8-sig",
    ),
)
