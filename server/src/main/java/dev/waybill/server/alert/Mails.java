package dev.waybill.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Batch;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/// A mail server as a destination: one message a notice. Somebody who gets one twice is better off
/// than somebody who gets none, so that what is in doubt is sent again.
record Mails(MailSettings settings, InstantSource clock) implements Destination<Notice> {

  private static final Traits TRAITS =
      Traits.of(Idempotence.IDEMPOTENT).maxItems(1).suggesting(1, 1, 0);

  private static final String MILLIS = "15000";

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Reply send(Batch<Notice> batch) {
    Notice notice = batch.items().getFirst().payload();
    if (!(notice.channel() instanceof AlertRule.Channel.Mail(String to))) {
      throw new IllegalArgumentException("not a mail");
    }
    Session session = Session.getInstance(properties());
    boolean connected = false;
    try (Transport transport = session.getTransport()) {
      MimeMessage message = message(session, notice, to);
      transport.connect(settings.user(), settings.password());
      connected = true;
      transport.sendMessage(message, new Address[] {new InternetAddress(to, true)});
      return Reply.accepted(1);
    } catch (AuthenticationFailedException e) {
      return new Reply.Fatal(reason(e));
    } catch (SendFailedException e) {
      return failed(e);
    } catch (MessagingException e) {
      return connected ? new Reply.InDoubt(reason(e)) : new Reply.Unavailable(reason(e));
    }
  }

  /// RFC 5321, section 4.2.1: 5yz is for good, 4yz may pass.
  private static Reply failed(SendFailedException failure) {
    int code =
        switch (failure) {
          case SMTPSendFailedException sending -> sending.getReturnCode();
          case SMTPAddressFailedException address -> address.getReturnCode();
          default ->
              failure.getNextException() instanceof SMTPAddressFailedException address
                  ? address.getReturnCode()
                  : 0;
        };
    return code / 100 == 5
        ? new Reply.Answered(
            List.of(new Verdict.Rejected(reason(failure), Verdict.Rejected.Kind.PERMANENT)))
        : new Reply.Unavailable(reason(failure));
  }

  private static Reason reason(MessagingException failure) {
    Throwable cause = failure.getNextException() == null ? failure : failure.getNextException();
    String text = String.valueOf(cause.getMessage()).strip();
    return Reason.of("the mail server: " + text.lines().findFirst().orElse(cause.toString()));
  }

  private MimeMessage message(Session session, Notice notice, String to) throws MessagingException {
    String id = "<" + notice.id() + "@waybill>";
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            // The same each time it is sent, so that a mailbox shows it once.
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(new InternetAddress(settings.from(), true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    // A flow's name is somebody's free choice, and must not become a header of its own.
    message.setSubject(notice.subject().replaceAll("\\p{Cntrl}", " "), UTF_8.name());
    message.setText(notice.words(), UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no answers, please
    return message;
  }

  private Properties properties() {
    String protocol = settings.line() == MailSettings.Line.TLS ? "smtps" : "smtp";
    String at = "mail." + protocol + ".";
    var properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty(at + "host", settings.host());
    properties.setProperty(at + "port", Integer.toString(settings.port()));
    properties.setProperty(at + "auth", Boolean.toString(settings.user() != null));
    properties.setProperty(at + "connectiontimeout", MILLIS);
    properties.setProperty(at + "timeout", MILLIS);
    properties.setProperty(at + "writetimeout", MILLIS);
    properties.setProperty(at + "ssl.checkserveridentity", "true");
    if (settings.line() == MailSettings.Line.STARTTLS) {
      properties.setProperty(at + "starttls.enable", "true");
      properties.setProperty(at + "starttls.required", "true");
    }
    return properties;
  }

  @Override
  public void close() {
    // Each message has a connection of its own.
  }
}
