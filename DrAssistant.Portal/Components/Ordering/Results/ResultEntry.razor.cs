using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Results;

/// <summary>The form of one order. Whoever shows it takes it away when it says so.</summary>
public partial class ResultEntry(IResults results, ClinicClock clock)
{
    private readonly Dictionary<(Guid Item, string Code), TypedValue> _typed = [];
    private ModalDialog? _dialog;
    private OrderToAnswer? _form;
    private IReadOnlyList<ResultQuestion> _questions = [];
    private Refusal? _refusal;
    private DateOnly? _day;
    private TimeOnly? _time;
    private bool _preliminary;
    private string? _comment;

    [Parameter, EditorRequired]
    public Guid OrderId { get; set; }

    [Parameter]
    public EventCallback<EnteredResults> OnEntered { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private bool IsBlank => _typed.Values.All(t => string.IsNullOrWhiteSpace(t.Text)) && string.IsNullOrWhiteSpace(_comment);

    /// <summary>What is about no field that stands here.</summary>
    private string? General => _questions.FirstOrDefault(q => !_typed.ContainsKey((q.ItemId, q.Code)))?.Words;

    protected override Task OnInitializedAsync()
    {
        (_day, _time) = (clock.Today, clock.TimeOf(clock.Now));
        return ReadAsync();
    }

    private Task ReadAsync() => LoadAsync(
        cancellation => results.FormAsync(OrderId, cancellation),
        read =>
        {
            (_form, _refusal) = (read.Value, read.Refusal);
            foreach (var (item, value) in _form?.Items.SelectMany(i => i.Values.Select(v => (i, v))) ?? [])
            {
                _typed.TryAdd((item.ItemId, value.Code), new TypedValue { Unit = value.Units.Count > 0 ? value.Units[0] : null });
            }
        });

    private TypedValue Of(ItemToAnswer item, ValueToAnswer value) => _typed[(item.ItemId, value.Code)];

    private string? QuestionOf(ItemToAnswer item, ValueToAnswer value) => _questions.FirstOrDefault(q => q.ItemId == item.ItemId && q.Code == value.Code)?.Words;

    private Task EnterAsync() => SaveAsync(async () =>
    {
        if (_form is not { } form || _day is not { } day || _time is not { } time)
        {
            return;
        }

        var entered = await results.EnterAsync(
            new ResultDraft(OrderId, clock.At(day, time), [.. form.Items.SelectMany(i => i.Values.Select(v => Typed(i, v)))]) { Preliminary = _preliminary, Comment = _comment },
            CancellationToken.None);
        (_refusal, _questions) = (entered.Refusal, entered.Value?.Questions ?? []);
        if (entered.Value is { ReportId: not null } filed)
        {
            await OnEntered.InvokeAsync(filed);
        }
    });

    private TypedResult Typed(ItemToAnswer item, ValueToAnswer value)
    {
        var typed = Of(item, value);
        return new TypedResult(item.ItemId, value.Code, value.CodeSystem, typed.Text ?? "") { Unit = typed.Unit, Says = typed.Says };
    }

    /// <summary>What stands in one field.</summary>
    public sealed class TypedValue
    {
        public string? Text { get; set; }

        public string? Unit { get; set; }

        public PaperSays Says { get; set; }
    }
}
