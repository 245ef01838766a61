using Microsoft.AspNetCore.Components.Routing;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>Where one goes in the book, and what a click, a key or a hand asks for.</summary>
public sealed partial class BookPanel
{
    private SeenVisit? _checkingIn;
    private bool _walkIn;

    private void Go(BookAddress at)
        => navigation.NavigateTo(at.On(navigation.ToAbsoluteUri(navigation.Uri).AbsolutePath));

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        var at = BookAddress.Of(e.Location);
        if (at != At)
        {
            _ = InvokeAsync(() => ArriveAsync(at));
        }
    }

    private async Task ArriveAsync(BookAddress at)
    {
        var was = (Day, View, Of: View is BookView.Day ? null : DoctorId);
        (At, _usual) = (at, at.View ?? _usual);
        if (was != (Day, View, View is BookView.Day ? null : DoctorId))
        {
            // Never one day's people under another day's name.
            (_columns, _next, _moved, _begin) = (null, null, [], true);
            StateHasChanged();
            await ReloadAsync();
        }

        StateHasChanged();
    }

    private async Task ViewAsync(BookView view)
    {
        Go(At with { View = view, DoctorId = view is BookView.Day ? At.DoctorId : DoctorId });
        await SaveAsync(() => preferences.ChangeAsync(p => p with { DefaultViews = p.DefaultViews with { Schedule = BookAddress.WordOf(view) } }));
    }

    private Task HeadAsync(BookColumn column)
    {
        Go(View is BookView.Week ? At with { View = BookView.Day, Day = column.Day } : At with { View = BookView.Week, DoctorId = column.DoctorId });
        return Task.CompletedTask;
    }

    private Task BookAsync() => _side?.OpenBookingAsync(null, View is BookView.Day && !_narrow ? null : DoctorId, Day) ?? Task.CompletedTask;

    private Task FreeAsync(ChosenSlot slot) => _side?.OpenSlotAsync(slot) ?? Task.CompletedTask;

    private Task VisitAsync(Guid appointmentId) => _side?.OpenVisitAsync(appointmentId) ?? Task.CompletedTask;

    private Task DroppedAsync(BlockDropped dropped) => InvokeAsync(() => _side?.DropAsync(dropped) ?? Task.CompletedTask);

    private Task NarrowAsync(bool narrow) => InvokeAsync(async () =>
    {
        if (_narrow == narrow)
        {
            return;
        }

        var was = View;
        _narrow = narrow;
        if (was != View)
        {
            _columns = null;
            await ReloadAsync();
        }

        StateHasChanged();
    });

    /// <summary>Somebody new is registered on a page of its own; what was typed there and here is kept meanwhile.</summary>
    private void RegisterAsync(string typed)
    {
        kept.Leave();
        question.Carry(typed);
        navigation.NavigateTo("/patients/register");
    }

    private Task CheckedInAsync()
    {
        StateHasChanged();
        return ReloadAsync();
    }

    private void Outline(HashSet<Guid> moved)
    {
        if (moved.Count == 0)
        {
            return;
        }

        _moved = moved;
        _ = EndAsync();

        async Task EndAsync()
        {
            await Task.Delay(Outlined, time);
            await InvokeAsync(() =>
            {
                if (ReferenceEquals(_moved, moved))
                {
                    _moved = [];
                    StateHasChanged();
                }
            });
        }
    }
}
