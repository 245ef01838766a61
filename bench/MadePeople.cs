using System.Globalization;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Bench;

/// <summary>
/// Invented people with common Indian names, the common ones as common as they are: the first of a list is borne by hundreds of times
/// as many people as the last. Every person has a telephone number, an MRN and a birth date.
/// </summary>
internal sealed class MadePeople(BenchClinic clinic, int count)
{
    private const string GivenNames =
        """
        Mohammed Lakshmi Sunita Rajesh Suresh Anita Ramesh Kumar Priya Sanjay Sita Ravi Geeta Amit Pooja Anil Rekha Vijay Meena Rahul Kavita Deepak Asha Manoj Savita
        Ashok Usha Santosh Neha Mukesh Sangeeta Dinesh Manju Arun Shanti Prakash Radha Ganesh Kamala Mahesh Fatima Vinod Saroj Ajay Parvati Krishna Sarita Gopal Mamta
        Ram Lalita Shyam Jyoti Imran Ayesha Harpreet Gurpreet Manpreet Venkatesh Padmavathi Karthik Divya Murugan Selvi Senthil Kalaivani Subramanian Meenakshi Bikash
        Subrata Soumitra Debashish Mousumi Joyita Aniruddha Pradnya Dnyaneshwar Rukmini Tukaram Vitthal Hetal Jignesh Bhavesh Nirali Thomas Mary Joseph Annamma Mathew
        Brendan Filomena Zubeida Khadija Nasiruddin Abdul Rafiq Shabana Yusuf Ibrahim Zainab Oindrila Ranganayaki Basavaraj Shivamurthy Unnikrishnan Sreedharan Dhruvi
        Chhaya Ghanshyam Yogendra Kamlesh Sushma Shailendra Om Jaya Uma Tara Gita Nila Isha Esha Ira
        """;

    private const string FamilyNames =
        """
        Kumar Devi Singh Sharma Khan Das Patel Yadav Begum Rao Reddy Gupta Shaikh Verma Nair Ansari Shah Mondal Joshi Pawar Iyer Mishra Chaudhuri Ghosh Pillai Jadhav
        Patil Menon Kaur Naidu Banerjee Mukherjee Sahu Thakur Tiwari Pandey Kulkarni Deshpande Gowda Hegde Subramanian Krishnan Venkataraman Natarajan Mehta Desai Trivedi
        Chatterjee Ganguly Bose Sen Dutta Roy Biswas Mahato Gill Sandhu Sidhu Dhillon Varghese Kurian Pinto DSouza Fernandes Siddiqui Qureshi Farooqui Hussain Ali Ahmed
        Panigrahi Mohanty Hazarika Bora Parthasarathy Ramachandran Palaniappan Bhosale Phule Vaghela Zaveri Agrawal Upadhyay Trivedi Nambiar Hegade Murthy Chowdary
        """;

    private static readonly string[] Given = Words(GivenNames);
    private static readonly string[] Family = Words(FamilyNames);

    private readonly BlindIndex _index = clinic.Services.GetRequiredService<BlindIndex>();
    private readonly PhiCipher _cipher = clinic.Services.GetRequiredService<PhiCipher>();
    private readonly Random _dice = new(20261124);

    /// <summary>The n-th person's, whoever that is.</summary>
    public static Guid IdOf(int n) => new($"00000000-0000-7000-8000-{n:x12}");

    public static string PhoneOf(int n) => string.Create(CultureInfo.InvariantCulture, $"+919{(long)n * 7_919 % 1_000_000_000:000000000}");

    public static Mrn MrnOf(int n) => Mrn.Issue("SC", 2021 + (n / 60_000), (n % 60_000) + 1);

    /// <summary>Registers everybody: patients, the names that a trigger would mirror, and the index terms. Says what they are called.</summary>
    /// <param name="also">Names of more people, after the others.</param>
    public async Task<(string First, string Last)[]> RegisterAsync(IReadOnlyList<string>? also = null)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(clinic.Superuser) { CommandTimeout = 1_800 }.ConnectionString);
        await connection.OpenAsync();
        var names = new (string First, string Last)[count + (also?.Count ?? 0)];
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY patients (id, mrn, first_name, last_name, date_of_birth, gender, phone, phone_index, phone_tail_index) FROM STDIN (FORMAT binary)"))
        {
            for (var n = 0; n < names.Length; n++)
            {
                names[n] = n < count ? (Pick(Given), Pick(Family)) : Parted(also![n - count]);
                await WriteAsync(copy, n, names[n]);
            }

            await copy.CompleteAsync();
        }

        await using (var copy = await connection.BeginBinaryImportAsync("COPY patient_name_index (patient_id, terms) FROM STDIN (FORMAT binary)"))
        {
            var terms = new Dictionary<(string First, string Last), string>();
            for (var n = 0; n < names.Length; n++)
            {
                if (!terms.TryGetValue(names[n], out var of))
                {
                    terms[names[n]] = of = PatientNameIndex.Of(IdOf(n), names[n].First, names[n].Last).Terms;
                }

                await copy.StartRowAsync();
                await copy.WriteAsync(IdOf(n), NpgsqlDbType.Uuid);
                await copy.WriteAsync(of, NpgsqlDbType.Text);
            }

            await copy.CompleteAsync();
        }

        return names;
    }

    private static (string First, string Last) Parted(string name) => name.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 ? (name[..at], name[(at + 1)..]) : (name, "");

    private async Task WriteAsync(NpgsqlBinaryImporter copy, int n, (string First, string Last) name)
    {
        await copy.StartRowAsync();
        await copy.WriteAsync(IdOf(n), NpgsqlDbType.Uuid);
        await copy.WriteAsync(MrnOf(n).Text, NpgsqlDbType.Varchar);
        await copy.WriteAsync(name.First, NpgsqlDbType.Varchar);
        await copy.WriteAsync(name.Last, NpgsqlDbType.Varchar);
        await copy.WriteAsync(new DateOnly(1940, 1, 1).AddDays(_dice.Next(80 * 365)), NpgsqlDbType.Date);
        await copy.WriteAsync(n % 2 == 0 ? "female" : "male", NpgsqlDbType.Varchar);
        await copy.WriteAsync(_cipher.Protect(new FieldAddress("patients", "phone", IdOf(n)), PhoneOf(n)), NpgsqlDbType.Bytea);
        await copy.WriteAsync(_index.Of(BlindIndexPurpose.Phone, PhoneOf(n)), NpgsqlDbType.Bytea);
        await copy.WriteAsync(_index.Of(BlindIndexPurpose.PhoneLastDigits, PhoneOf(n)[^4..]), NpgsqlDbType.Bytea);
    }

    /// <summary>Zipf's law: the n-th commonest about an n-th as common as the first. A third are written in a way of their own.</summary>
    private string Pick(string[] names)
    {
        var name = names[(int)Math.Min(names.Length - 1, Math.Exp(_dice.NextDouble() * Math.Log(names.Length + 1)) - 1)];
        return _dice.Next(3) > 0 ? name : Respelt(name);
    }

    private string Respelt(string name) => _dice.Next(6) switch
    {
        0 => name.Replace("sh", "s", StringComparison.Ordinal),
        1 => name.Replace("ee", "i", StringComparison.Ordinal),
        2 => name.Replace("v", "w", StringComparison.Ordinal),
        3 => name.Replace("th", "t", StringComparison.Ordinal),
        4 => $"{name} {(char)('A' + _dice.Next(26))}",
        _ => $"{name}{(char)('a' + _dice.Next(26))}{(char)('a' + _dice.Next(26))}",
    };

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
