using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Data.Import.Demo;

/// <summary>What people have to do: some late, some done, of every priority.</summary>
internal sealed class DemoTasks(ClinicClock clock, DemoMoment moment, DemoTeam team, DemoRecord record)
{
    /// <summary>The doctor's own. The first three are about patients whose results came in today.</summary>
    public void ForDoctor(DemoPanel panel, IReadOnlyList<OrderResult> results, IReadOnlyList<Guid> patients)
    {
        var (doctor, nurse) = (team.Doctor(panel), team.NurseOf(panel));
        var critical = results.First(r => r.Flag is ResultFlag.CriticalLow or ResultFlag.CriticalHigh);
        var others = results.Where(r => r.PatientId != critical.PatientId).Select(r => r.PatientId).Distinct().ToList();
        (string Urgent, string High, string Late, string Low) words = panel switch
        {
            DemoPanel.Paediatrics => ("Arrange blood transfusion, tell the parents", "Call the mother about the bilirubin", "Refer for hearing test", "Check the growth chart leaflet"),
            DemoPanel.Dermatology => ("Stop methotrexate, arrange folinic acid", "Call about liver values on isotretinoin", "Send skin biopsy report to the patient", "Order new photo consent forms"),
            DemoPanel.Cardiology => ("Stop spironolactone, ECG, repeat potassium", "Call about INR, leave out tonight's warfarin", "Refer for echocardiogram", "Check the low-salt leaflet in Kannada"),
            _ => ("Call about fasting sugar, see today", "Call about TSH, raise levothyroxine", "Refer for dietician's advice", "Check the foot care leaflet in Kannada"),
        };
        Add(doctor, doctor, words.Urgent, TaskPriority.Urgent, TaskType.FollowUp, moment.Now.AddHours(1), moment.Now.AddMinutes(-18), critical.PatientId);
        Add(doctor, nurse, words.High, TaskPriority.High, TaskType.FollowUp, EndOf(0), moment.Now.AddMinutes(-50), others[0]);
        Add(doctor, doctor, words.Late, TaskPriority.High, TaskType.Referral, EndOf(-1), moment.Now.AddDays(-3), others[1]);
        Add(doctor, doctor, "Sign draft notes", TaskPriority.Medium, TaskType.Documentation, EndOf(0), moment.Now.AddHours(-6), null);
        Add(doctor, nurse, "Letter for the insurance", TaskPriority.Medium, TaskType.Documentation, EndOf(2), moment.Now.AddDays(-1), patients[0]);
        Add(doctor, doctor, words.Low, TaskPriority.Low, TaskType.Other, EndOf(5), moment.Now.AddDays(-4), null);
        Done(Add(doctor, nurse, "Repeat prescription", TaskPriority.Medium, TaskType.Review, EndOf(0), moment.Now.AddHours(-5), patients[1]));
    }

    public void ForOthers(IReadOnlyList<Guid> patients)
    {
        foreach (var nurse in team.Nurses)
        {
            Add(nurse, team.Doctor(DemoPanel.GeneralMedicine), "Teach the use of the glucometer", TaskPriority.Medium, TaskType.FollowUp, EndOf(0), moment.Now.AddHours(-4), patients[2]);
            Add(nurse, team.Doctor(DemoPanel.Cardiology), "Bring the ECG machine to room 4", TaskPriority.High, TaskType.Order, moment.Now.AddHours(1), moment.Now.AddMinutes(-25), null);
            Add(nurse, nurse, "Check the temperature of the vaccine fridge", TaskPriority.Urgent, TaskType.Other, EndOf(0), moment.Now.AddHours(-9), null);
            Add(nurse, nurse, "Order dressing sets", TaskPriority.Low, TaskType.Order, EndOf(-2), moment.Now.AddDays(-6), null);
            Done(Add(nurse, nurse, "Check the emergency tray", TaskPriority.Medium, TaskType.Other, EndOf(0), moment.Now.AddHours(-8), null));
        }

        foreach (var receptionist in team.Receptionists)
        {
            Add(receptionist, team.Doctor(DemoPanel.Dermatology), "Move the visits of the day of leave", TaskPriority.High, TaskType.Other, EndOf(1), moment.Now.AddDays(-1), null);
            Add(receptionist, receptionist, "Ask for a telephone number", TaskPriority.Medium, TaskType.Other, EndOf(0), moment.Now.AddHours(-7), patients[3]);
            Add(receptionist, receptionist, "Put up the notice of the holiday", TaskPriority.Low, TaskType.Other, EndOf(3), moment.Now.AddDays(-2), null);
        }

        Add(team.Admin, team.Admin, "Try to restore last night's backup", TaskPriority.High, TaskType.Other, EndOf(-1), moment.Now.AddDays(-5), null);
        Add(team.Admin, team.Admin, "Review who has which role", TaskPriority.Medium, TaskType.Review, EndOf(4), moment.Now.AddDays(-2), null);
    }

    /// <summary>The end of a day of the practice.</summary>
    private DateTimeOffset EndOf(int daysAhead) => clock.At(moment.Today.AddDays(daysAhead), new TimeOnly(18, 0));

    private ClinicTask Add(
        Guid person, Guid from, string title, TaskPriority priority, TaskType type, DateTimeOffset due, DateTimeOffset createdAt, Guid? patient)
    {
        var task = new ClinicTask
        {
            Id = Guid.CreateVersion7(),
            Title = title,
            AssignedTo = person,
            CreatedBy = from,
            PatientId = patient,
            DueDate = due,
            Priority = priority,
            TaskType = type,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
        };
        record.Tasks.Add(task);
        return task;
    }

    private void Done(ClinicTask task) => task.Complete(moment.Now.AddMinutes(-40));
}
