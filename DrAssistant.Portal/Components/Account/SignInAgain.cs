using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Components.Account;

/// <summary>
/// Signing in over a page that slept off, so that it goes on where it was with all that was typed. By a request of its own, because only its answer can
/// set the cookie. No form token is asked for: the key that the page sleeps under was told to nobody but that page, and opens it to nobody but its person.
/// </summary>
internal static class SignInAgain
{
    public static async Task<IResult> TryAsync(AgainForm form, HttpContext context, ISignIn signIn, LiveSessions live)
    {
        if (live.Asleep(form.Key) is not { } session)
        {
            // It sleeps on another portal, or has ended: the sign-in page is the way.
            return Results.Ok(new AgainAnswer("gone"));
        }

        session.IsWaking = true;
        try
        {
            return Results.Ok(await AnswerAsync(form, context, signIn, live, session));
        }
        finally
        {
            session.IsWaking = false;
        }
    }

    private static async Task<AgainAnswer> AnswerAsync(AgainForm form, HttpContext context, ISignIn signIn, LiveSessions live, LiveSession session)
    {
        var origin = new SignInOrigin(SessionIdentity.AddressOf(context), SessionIdentity.AgentOf(context), SessionCookie.Read(context));
        var answer = form.Ticket is { Length: > 0 } ticket
            ? await signIn.CompleteAsync(ticket, form.Code ?? "", origin, CancellationToken.None)
            : await signIn.SignInAsync(session.Identity.UserName, form.Password ?? "", origin, CancellationToken.None);
        if (answer.Refusal is { } refusal)
        {
            return Refused(refusal, isSecond: form.Ticket is { Length: > 0 });
        }

        SessionCookie.Write(context, answer.Value!.Secret);
        var identity = SessionIdentity.For(answer.Value.Session, context);
        if (!live.GoOn(session, identity))
        {
            return new AgainAnswer("gone");
        }

        foreach (var circuit in live.CircuitsOf(identity.SessionId))
        {
            circuit.WakeAs(identity);
        }

        return new AgainAnswer("in");
    }

    private static AgainAnswer Refused(Refusal refusal, bool isSecond) => refusal switch
    {
        // A second factor is set up on the sign-in page, where the recovery codes can be shown.
        CodeNeeded { Offer: not null } => new AgainAnswer("gone"),
        CodeNeeded code => new AgainAnswer("code", isSecond ? code.Message : null, code.Ticket),
        _ => new AgainAnswer("refused", refusal.Message),
    };
}

/// <summary>What is typed over a page that sleeps.</summary>
/// <param name="Key">The key that the page sleeps under.</param>
/// <param name="Password">In the first step.</param>
/// <param name="Ticket">In the second step, what the first one left.</param>
/// <param name="Code">In the second step, the authenticator's code or a recovery code.</param>
internal sealed record AgainForm(string? Key, string? Password, string? Ticket, string? Code)
{
    public override string ToString() => nameof(AgainForm);
}

/// <summary>How it went: <c>in</c>, <c>code</c> (a second factor is asked for), <c>refused</c>, or <c>gone</c> (the page cannot be woken).</summary>
internal sealed record AgainAnswer(string Outcome, string? Words = null, string? Ticket = null)
{
    public override string ToString() => $"{nameof(AgainAnswer)} {Outcome}";
}
