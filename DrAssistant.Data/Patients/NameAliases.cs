using System.Collections.Frozen;

namespace DrAssistant.Data.Patients;

/// <summary>Names that are written in ways no rule of sound connects: abbreviations, and families that write one name in two forms.</summary>
internal static class NameAliases
{
    // A line is one name, beginning with the spelling that the others stand for.
    private const string Table =
        """
        mohammed mohd md mohammad muhammad mohamed muhammed mohamad mohammod muhamed mohamud mhmd
        shaikh sk sheikh shaik shekh sheik shaykh
        syed sd sayed sayyid sayyed saiyad saiyed
        kumar kr coomar kumer
        kumari km
        prasad pd
        chandra ch
        abdul abd abdur abdus abdool
        singh sing sinh
        lakshmi laxmi luxmi lachmi lakshumi latchumi
        lakshman laxman lachhman lachman
        krishna kishna krushna
        krishan kishan kisan kishen krishen
        sandeep sundeep sandip sundip
        aravind arvind arabinda aurobindo aravinda
        virendra virender veerendra varinder birendra
        subramanian subramaniam subrahmanyam subramani subramanyam
        shanmugam shunmugam sanmugam shanmukam
        hanuman hanumant hanumanth hanumantha
        kaveri cauvery
        shyam sham syam
        shyamala shamala syamala
        yusuf yousaf yousuf yusuff yoosuf yusof
        yunus younus younis yoonus
        usman osman uthman
        jacob chacko yakob
        mathew mathews matthew
        thomas thoma tomas
        varghese varghis varkey george verghese varughese vargis
        banerjee bandyopadhyay bandyopadhay bandopadhyay bandopadhay banerji bannerjee
        chatterjee chattopadhyay chattopadhay chatterji chatarjee
        mukherjee mukhopadhyay mukhopadhay mukherji mookerjee mukerji
        ganguly gangopadhyay gangopadhay ganguli
        bhattacharya bhattacharjee bhattacharyya bhattacharji
        chaudhari chaudhary chaudhuri chowdhury choudhary choudhury chowdary chaudhry choudhari chowdhary
        bose basu bosu
        dutta datta dutt datt
        mitra mitter
        thakur tagore thakor thakoor
        sarkar sircar sarker
        dwivedi dubey dube dubay
        chaturvedi chaubey choubey chaube
        kshetri chetri chettri chhetri
        rathod rathore rathor rathaur
        phadnis fadnis fadnavis
        shinde scindia sindhe
        siddiqui siddiqi siddique siddiquee siddiki
        qureshi quraishi kureshi koreshi
        rodrigues rodriguez rodricks
        rao ravu raav rau
        naidu nayudu naydu
        iyer ayyar aiyar iyyer
        iyengar ayyangar
        chettiar chetti chetty chettiyar
        mudaliar mudaliyar muthaliar
        thevar devar tevar
        namboodiri nambudiri namboothiri nampoothiri
        bhosle bhonsle bhosale bhonsale bhosley
        gounder goundar counder kounder gaunder
        barua baruah barooah baruwa borua
        gonsalves gonsalvez goncalves gonzalves
        chopra chopda
        arora aroda
        ahluwalia ahluvalia walia
        shukla sukla shukul sukul
        prajapati prajapathi prajapat
        pillai pillay pilla pillei
        pawar powar puar
        pal paul paal
        mandal mondal mundal
        begum begam beghum
        fatima fathima fatma fatmh
        rukmini rukmani rukhmini rukkumani
        savitri sabitri savithri savithiri
        radhakrishna radhakishan radhakishen
        trilok thrilok tirlok
        philip phillip philips philipose
        abraham ebraham abrahim
        anjaneya anjaneyulu anjneyulu
        manoj manoje monoj
        mausumi mousumi moushumi maushumi maushmi
        shatrughan satrughan shatrughna satrughna
        ezhil elil ezil
        """;

    // Names that the rules of sound would take for another one: each has a key that no rule makes. A line is one name.
    private const string ApartTable =
        """
        ayesha aisha aysha ayisha ayeesha aaisha aaysha
        manisha maneesha manissha
        praveen pravin prabin
        vijaya vijya
        lalita lalitha laleeta laleetha
        bhati bhaati
        das dass
        goel goyal goyel goil
        patel patell pattel
        sen
        shah
        jadhav jadhao jadhaw jadav
        """;

    private static readonly FrozenDictionary<string, string> Apart = ApartTable
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .SelectMany(names => names.Select(name => KeyValuePair.Create(name, "=" + names[0])))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Names = Table
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .SelectMany(names => names.Select(name => KeyValuePair.Create(name, names[0])))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static string Canonical(string word) => Names.GetValueOrDefault(word, word);

    /// <summary>The key of a name that only its own spellings share; null for all others.</summary>
    public static string? KeyApart(string word) => Apart.GetValueOrDefault(word);

    public static bool Knows(string word) => Names.ContainsKey(word);
}
