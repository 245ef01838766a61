using DrAssistant.Data.Import.Demo;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>Who is in the demo practice, and how full its book and its charts are.</summary>
public sealed class TheDemoPractice(FilledDemo demo, ITestOutputHelper output) : IClassFixture<FilledDemo>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The first start may take 20 seconds to the sign-in page; a busy machine gets all of them, an idle one needs three.</summary>
    [Fact]
    public void is_made_while_somebody_waits_for_the_first_page()
    {
        output.WriteLine($"filled in {demo.Took.TotalMilliseconds:0} ms");
        Assert.True(demo.Took < TimeSpan.FromSeconds(20), $"filled in {demo.Took}");
    }

    [Theory]
    [InlineData(StaffRole.Admin, 1)]
    [InlineData(StaffRole.Doctor, 4)]
    [InlineData(StaffRole.Nurse, 2)]
    [InlineData(StaffRole.Receptionist, 2)]
    public async Task has_its_people(StaffRole role, int count)
    {
        Assert.Equal(count, await demo.Clinic.BehindAsync(db => db.Users.CountAsync(u => u.Role == role && u.Status == StaffStatus.Active, Cancellation)));
        Assert.Equal(count, demo.SignIns.People.Count(p => p.Role == role));
    }

    [Fact]
    public async Task prints_what_a_prescription_must_name_of_a_doctor()
        => Assert.Equal(4, await demo.Clinic.OneAsync<long>("""
            SELECT count(*) FROM users WHERE role = 'doctor' AND qualification IS NOT NULL AND registration_number LIKE '%DEMO%'
                AND registration_council IS NOT NULL AND specialty IS NOT NULL
            """));

    [Fact]
    public async Task has_300_patients_with_names_of_many_kinds()
    {
        var patients = await demo.Clinic.BehindAsync(db => db.Patients.AsNoTracking().ToListAsync(Cancellation));
        var names = patients.ConvertAll(p => new PersonName(p.FirstName, p.LastName));

        Assert.Equal(300, patients.Count);
        Assert.InRange(names.Count(n => !n.Spoken.Contains(' ', StringComparison.Ordinal)), 10, 60);
        Assert.InRange(patients.Count(p => p.FirstName.EndsWith('.') || p.LastName.EndsWith('.')), 10, 60);
        Assert.InRange(patients.Count(p => p.FirstName[0] > '\u0900'), 28, 34);

        // Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam: a block of 128 each.
        Assert.Equal(8, patients.Select(p => p.FirstName[0]).Where(c => c is >= '\u0900' and < '\u0D80').Select(c => c / 128).Distinct().Count());
    }

    [Fact]
    public async Task has_the_patients_that_one_stumbles_over()
    {
        var today = demo.Clinic.Days.Today;
        var patients = await demo.Clinic.BehindAsync(db => db.Patients.AsNoTracking().ToListAsync(Cancellation));
        var ages = patients.ConvertAll(p => Age.On(today, p.DateOfBirth));
        var namesakes = patients.GroupBy(p => (p.FirstName, p.LastName)).Where(g => g.Count() > 1).ToList();

        Assert.True(namesakes.Count >= 3);
        Assert.All(namesakes, g => Assert.Equal(g.Count(), g.Select(p => p.DateOfBirth).Distinct().Count()));
        Assert.True(patients.GroupBy(p => (p.LastName, p.DateOfBirth)).Count(g => g.Count() == 2 && g.First().LastName.Length > 2) >= 3); // twins
        Assert.Contains(ages, a => a.Days < 28);
        Assert.Contains(ages, a => a.Years >= 100);
        Assert.InRange(patients.Count(p => p.DateOfBirthEstimated), 10, 60);
        Assert.All(Enum.GetValues<AllergiesStatus>(), status => Assert.InRange(patients.Count(p => p.AllergiesStatus == status), 30, 220));
        Assert.Contains(patients, p => p.BloodGroup is null);
        Assert.All(patients, p => Assert.True(p.DateOfBirth <= today));
    }

    [Fact]
    public async Task numbers_its_patients_from_the_same_sequence_as_everybody()
    {
        var numbers = await demo.Clinic.BehindAsync(db => db.Patients.AsNoTracking().OrderBy(p => p.CreatedAt).Select(p => p.Mrn).ToListAsync(Cancellation));

        Assert.Equal(300, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.True(Mrn.TryParse(number, out _)));
        Assert.Equal(301, await demo.Clinic.OneAsync<long>("SELECT nextval('mrn_numbers')"));
    }

    [Fact]
    public async Task reaches_its_patients_where_nobody_is()
    {
        var vault = demo.Clinic.Services.GetRequiredService<PatientVault>();
        var patients = await demo.Clinic.BehindAsync(db => db.Patients.AsNoTracking().ToListAsync(Cancellation));
        var contacts = patients.ConvertAll(vault.Reveal);
        var abha = contacts.Where(c => c.AbhaNumber is not null).Select(c => AbhaNumber.Parse(c.AbhaNumber)).ToList();

        Assert.All(contacts.Where(c => c.Phone is not null), c => Assert.StartsWith("+919000000", c.Phone, StringComparison.Ordinal));
        Assert.All(contacts, c => Assert.Matches("^[1-9][0-9]{5}$", c.Address?.Pin));
        Assert.InRange(abha.Count, 80, 180);
        Assert.All(abha, number => Assert.Null(number.Value?.Warning));
        Assert.Equal(abha.Count, abha.Select(n => n.Value!.Digits).Distinct().Count());
        Assert.True(contacts.Select(c => c.Address?.State).Distinct().Count() >= 12);
    }

    [Fact]
    public async Task finds_its_patients_by_a_name_in_another_script()
    {
        await using var desk = demo.Clinic.As(await demo.Clinic.PersonAsync("fatima.sheikh"));
        var found = await desk.Get<IPatients>().FindAsync("harjeet singh", Cancellation);

        Assert.Contains(found.Value!, hit => hit.Name.Spoken == "ਹਰਜੀਤ ਸਿੰਘ");
    }

    [Fact]
    public async Task is_full_yesterday_today_and_on_every_working_day_of_two_weeks()
    {
        var today = demo.Clinic.Days.Today;
        var away = 0;
        foreach (var day in Enumerable.Range(-1, 16).Select(today.AddDays).Where(d => d.DayOfWeek != DayOfWeek.Sunday))
        {
            foreach (var doctor in DemoQuestions.Doctors)
            {
                var (slots, taken) = await FilledAsync(doctor, day);
                away += taken == 0 ? 1 : 0;
                Assert.True(taken == 0 || (taken >= 0.75 * slots && taken < slots), $"{doctor} on {day:O}: {taken} of {slots}");
            }
        }

        // The holiday keeps four doctors away, the leave one.
        Assert.Equal(5, away);
        Assert.Equal(1, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM doctor_leave"));
        Assert.Equal(1, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM practice_holidays"));
    }

    [Fact]
    public async Task has_charts_worth_reading()
    {
        Assert.InRange(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM encounters"), 540, 680);
        Assert.InRange(await demo.Clinic.OneAsync<long>("SELECT count(DISTINCT patient_id) FROM encounters"), 220, 290);
        Assert.Equal(0, await demo.Clinic.OneAsync<long>("SELECT count(*) FROM encounters e WHERE NOT EXISTS (SELECT FROM clinical_notes n WHERE n.encounter_id = e.id)"));
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(DISTINCT code) FROM conditions") >= 20);
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(DISTINCT code) FROM immunizations") >= 8);
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM prescriptions WHERE status = 'dispensed'") > 100);
        Assert.Equal(9, await demo.Clinic.OneAsync<long>("SELECT count(DISTINCT code) FROM observations WHERE category = 'vital-signs'"));
        Assert.True(await demo.Clinic.OneAsync<long>("SELECT count(*) FROM encounters WHERE appointment_id IS NOT NULL") > 200);
    }

    [Fact]
    public async Task lets_its_people_in_with_the_password_of_this_installation()
    {
        var password = demo.SignIns.Password!;
        var account = await demo.Clinic.BehindAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.UserName == "dr.meera.iyer", Cancellation));
        var passwords = demo.Clinic.Services.GetRequiredService<Data.Staff.SignIn.StaffPasswords>();

        Assert.True(password.Length >= 14);
        Assert.NotEqual(Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed, passwords.Verify(account.PasswordHash, password));
        Assert.DoesNotContain(password, demo.SignIns.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task stays_as_it_is_at_the_next_start()
    {
        var before = await RowsAsync();

        var again = await DemoClinic.EnsureAsync(demo.Clinic.Services, Cancellation);

        Assert.Equal(before, await RowsAsync());
        Assert.Equal(demo.SignIns.Password, again.Password);
        Assert.Equal(demo.SignIns.People, again.People);
    }

    [Fact]
    public async Task puts_the_doctors_and_not_the_admin_on_the_care_teams()
    {
        Assert.Equal(300, await demo.Clinic.OneAsync<long>("SELECT count(DISTINCT patient_id) FROM care_team"));
        Assert.Equal(["doctor", "nurse"], await demo.Clinic.ColumnAsync<string>("SELECT DISTINCT u.role FROM care_team c JOIN users u ON u.id = c.user_id ORDER BY u.role"));
    }

    private async Task<string> RowsAsync()
        => string.Join(' ', await demo.Clinic.ColumnAsync<string>("""
            SELECT format('%s=%s', c.relname, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', c.relname), false, true, '')))[1])
            FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
            """));

    private async Task<(int Slots, int Taken)> FilledAsync(string doctor, DateOnly day)
    {
        var (from, to) = demo.Clinic.Days.DayBounds(day);
        var taken = await demo.Clinic.OneAsync<long>("""
            SELECT count(*) FROM appointments a JOIN users u ON u.id = a.doctor_id
            WHERE u.username = $1 AND a.start_time >= $2 AND a.start_time < $3 AND a.status <> 'cancelled' AND a.appointment_type <> 'urgent'
            """, doctor, from, to);
        var slots = await demo.Clinic.OneAsync<double>("""
            SELECT sum(floor(extract(epoch FROM h.end_time - h.start_time) / 60 / h.slot_minutes))::float8 FROM working_hours h JOIN users u ON u.id = h.doctor_id
            WHERE u.username = $1 AND h.weekday = $2
            """, doctor, (short)day.DayOfWeek);
        return ((int)slots, int.CreateChecked(taken));
    }
}
